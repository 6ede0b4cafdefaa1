package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.tck.device.DeviceTrait;
import java.util.EnumSet;
import java.util.Set;

class NorDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return NorDevice.of(inner, NorRule.ONCE);
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return EnumSet.allOf(DeviceTrait.class);
    }
}
