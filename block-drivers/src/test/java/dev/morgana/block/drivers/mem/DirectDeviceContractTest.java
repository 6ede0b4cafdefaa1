package dev.morgana.block.drivers.mem;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;

/** In direct buffers, with blocks larger than a chunk of memory and units of one byte. */
final class DirectDeviceContractTest extends HeapDeviceContractTest {
    @Override
    protected BlockDevice create(Geometry geometry) {
        return MemDevice.direct(geometry);
    }

    @Override
    protected Geometry geometry() {
        return new Geometry(1, 1, 50_000, 5, ErasedState.ZEROS);
    }
}
