package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;

final class PowerCutDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return PowerCutDevice.of(inner, new PowerSwitch());
    }
}
