package dev.morgana.tck.device;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;

/** Erases that leave the bytes alone, and a read size larger than the program size. */
final class RamDeviceUndefinedContractTest extends RamDeviceContractTest {
    @Override
    protected Geometry geometry() {
        return new Geometry(32, 2, 192, 5, ErasedState.UNDEFINED);
    }
}
