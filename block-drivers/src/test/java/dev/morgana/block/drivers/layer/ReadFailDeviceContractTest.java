package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;

final class ReadFailDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return ReadFailDevice.of(inner, new ReadFailures());
    }
}
