package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Media that a driver opens, each on a file of its own in one folder. A driver of memory keeps them in snapshots. */
final class DriverMedia implements Media {
    /** The option of a driver whose media have no place of their own: the file to begin with and to write back to. */
    private static final String SNAPSHOT = "snapshot";

    private final BlockDeviceProvider driver;
    private final Path folder;
    private int made;

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
            boolean keepsSnapshots =
                    driver.options().stream().anyMatch(option -> option.name().equals(SNAPSHOT));
            Options options = options(geometry);
            try {
                return keepsSnapshots
                        ? driver.open("", mode, options.plus(SNAPSHOT, file.toString()))
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

    /** What all drivers call the parts of a geometry. */
    private static Options options(Geometry geometry) {
        return Options.none()
                .plus("size", Long.toString(geometry.sizeBytes()))
                .plus("blockSize", Integer.toString(geometry.blockSize()))
                .plus("readSize", Integer.toString(geometry.readSize()))
                .plus("progSize", Integer.toString(geometry.programSize()))
                .plus("erased", geometry.erased().name().toLowerCase(Locale.ROOT));
    }
}
