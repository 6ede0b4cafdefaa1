package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;

/** Flash whose erased bits are zeros, with a read size larger than the program size. */
final class NorDeviceZerosContractTest extends NorDeviceContractTest {
    @Override
    protected Geometry geometry() {
        return new Geometry(32, 8, 6144, 5, ErasedState.ZEROS);
    }
}
