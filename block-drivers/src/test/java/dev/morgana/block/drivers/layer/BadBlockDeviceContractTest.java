package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;

final class BadBlockDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return BadBlockDevice.of(inner, new BadBlocks());
    }
}
