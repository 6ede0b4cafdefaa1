package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;

final class StatisticsDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return StatisticsDevice.of(inner);
    }
}
