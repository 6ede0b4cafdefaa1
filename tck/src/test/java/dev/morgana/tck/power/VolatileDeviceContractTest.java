package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import java.util.EnumSet;
import java.util.Set;

/** Without the trait of flash: its rules are broken by an error here, not by a device that fails. */
final class VolatileDeviceContractTest extends DeviceTck {
    @Override
    protected BlockDevice create(Geometry wanted) {
        return VolatileMedium.erased(wanted, 1, false).open().get(0);
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return EnumSet.noneOf(DeviceTrait.class);
    }
}
