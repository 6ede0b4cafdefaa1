package dev.morgana.tck.device;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;

/** Erased to zeros, units of one byte, blocks that are no power of two. */
final class RamDeviceZerosContractTest extends RamDeviceContractTest {
    @Override
    protected Geometry geometry() {
        return new Geometry(1, 1, 100, 4, ErasedState.ZEROS);
    }
}
