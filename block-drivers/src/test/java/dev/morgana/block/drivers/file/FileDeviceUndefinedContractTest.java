package dev.morgana.block.drivers.file;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;

/** Erases that leave the bytes alone; blocks larger than the pieces in which files are copied. */
final class FileDeviceUndefinedContractTest extends FileDeviceContractTest {
    @Override
    protected Geometry geometry() {
        return new Geometry(1, 2, 150_000, 4, ErasedState.UNDEFINED);
    }
}
