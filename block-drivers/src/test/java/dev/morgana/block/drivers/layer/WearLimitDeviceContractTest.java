package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;

final class WearLimitDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return WearLimitDevice.of(inner, 1000);
    }
}
