package dev.morgana.block.drivers.unix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The device contract over regular files, through the page cache and around it. */
class NativeFileContractTest {
    private abstract static class OverFiles extends DeviceTck {
        @TempDir
        private Path folder;

        private int files;

        @BeforeEach
        void needsTheSystem() {
            new NativeDriver().unavailable().ifPresent(reason -> assumeTrue(false, reason));
        }

        Options options(Geometry geometry) {
            return GeometryOptions.of(geometry);
        }

        private BlockDevice open(Path file, AccessMode mode, Geometry geometry) throws IOException {
            return new NativeDriver().open(file.toString(), mode, options(geometry));
        }

        @Override
        protected BlockDevice create(Geometry geometry) throws IOException {
            files++;
            return open(folder.resolve("image" + files), AccessMode.CREATE, geometry);
        }

        @Override
        protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
            files++;
            Path file = Files.write(folder.resolve("image" + files), image);
            return open(file, AccessMode.READ_ONLY, geometry);
        }

        @Override
        protected BlockDevice reopen(BlockDevice closed) throws IOException {
            Path file = Path.of(closed.name().substring("native:".length()));
            return open(file, AccessMode.READ_WRITE, closed.geometry());
        }

        @Override
        protected Set<DeviceTrait> traits() {
            return EnumSet.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
        }
    }

    @Nested
    class ThroughThePageCache extends OverFiles {}

    @Nested
    class ErasedToZeros extends OverFiles {
        @Override
        protected Geometry geometry() {
            return new Geometry(16, 64, 1024, 16, ErasedState.ZEROS);
        }
    }

    @Nested
    class AroundThePageCache extends OverFiles {
        @Override
        protected Geometry geometry() {
            return new Geometry(4096, 4096, 16384, 8, ErasedState.ONES);
        }

        @Override
        Options options(Geometry geometry) {
            return super.options(geometry).with(NativeDriver.DIRECT, true);
        }

        @Override
        protected Set<DeviceTrait> traits() {
            return EnumSet.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
        }
    }
}
