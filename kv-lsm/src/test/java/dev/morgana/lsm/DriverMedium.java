package dev.morgana.lsm;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.block.drivers.layer.ReadOnlyDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.TestMedium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a driver opens, again and again. */
record DriverMedium(BlockDeviceProvider driver, Path file, Geometry geometry) implements TestMedium {
    /** Media of a driver. */
    static Media of(BlockDeviceProvider driver) {
        return geometry -> {
            try {
                Path file = Files.createTempFile("ekv", ".img");
                Files.delete(file);
                return new DriverMedium(driver, file, geometry);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public BlockDevice open(boolean readOnly) throws DeviceException {
        Options options = Options.none()
                .with(GeometryOptions.SIZE, geometry.sizeBytes())
                .with(GeometryOptions.BLOCK_SIZE, (long) geometry.blockSize())
                .with(GeometryOptions.READ_SIZE, (long) geometry.readSize())
                .with(GeometryOptions.PROG_SIZE, (long) geometry.programSize())
                .with(GeometryOptions.ERASED, geometry.erased());
        try {
            BlockDevice device = driver.open(file.toString(), AccessMode.CREATE, options);
            return readOnly ? ReadOnlyDevice.of(device) : device;
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
