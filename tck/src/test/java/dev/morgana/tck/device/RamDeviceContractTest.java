package dev.morgana.tck.device;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import java.util.EnumSet;
import java.util.Set;

class RamDeviceContractTest extends DeviceTck {
    @Override
    protected BlockDevice create(Geometry wanted) {
        return RamDevice.erased(wanted);
    }

    @Override
    protected BlockDevice createReadOnly(Geometry wanted, byte[] image) {
        return RamDevice.readOnly(wanted, image);
    }

    @Override
    protected BlockDevice reopen(BlockDevice closed) {
        return RamDevice.of(closed.geometry(), ((RamDevice) closed).image());
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return EnumSet.complementOf(EnumSet.of(DeviceTrait.FLASH));
    }
}
