package dev.morgana.pwkvs;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.block.drivers.mem.MemDriver;
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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Media that a driver opens, each on a file of its own in one folder. */
final class DriverMedia implements Media {
    private final BlockDeviceProvider driver;
    private final Path folder;
    private int made;

    /** Media of a driver; memory is kept in a snapshot from one opening to the next. */
    DriverMedia(BlockDeviceProvider driver, Path folder) {
        this.driver = driver;
        this.folder = folder;
    }

    @Override
    public TestMedium create(Geometry geometry) throws DeviceException {
        made++;
        DriverMedium medium = new DriverMedium(folder.resolve(driver.driver() + made), geometry);
        try (BlockDevice device = medium.open(AccessMode.CREATE)) {
            byte[] start = new byte[geometry.blockSize()];
            device.read(0, ByteBuffer.wrap(start));
            device.program(0, ByteBuffer.wrap(start)); // memory that was never changed leaves no snapshot
        }
        return medium;
    }

    private final class DriverMedium implements TestMedium {
        private final Path file;
        private final Geometry geometry;

        DriverMedium(Path file, Geometry geometry) {
            this.file = file;
            this.geometry = geometry;
        }

        @Override
        public BlockDevice open(boolean readOnly) throws DeviceException {
            return open(readOnly ? AccessMode.READ_ONLY : AccessMode.READ_WRITE);
        }

        BlockDevice open(AccessMode mode) throws DeviceException {
            Options options = GeometryOptions.of(geometry);
            boolean inMemory = driver instanceof MemDriver;
            try {
                return inMemory
                        ? driver.open("", mode, options.with(MemDriver.SNAPSHOT, file.toString()))
                        : driver.open(file.toString(), mode, options);
            } catch (DeviceException e) {
                throw e;
            } catch (StoreException e) {
                throw new AssertionError("the driver takes a geometry that suits it", e);
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
}
