package dev.morgana.block.drivers.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real block device: a loop device that the test makes and takes away, where the machine lets it.
 * {@code -Dmorgana.loop=required} makes a machine that does not let it a failure.
 */
@Campaign
class LoopDeviceContractTest {
    static final boolean REQUIRED = "required".equals(System.getProperty("morgana.loop"));
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    private LoopDevice loop;

    @BeforeEach
    void makeTheDevice() throws Exception {
        new NativeDriver().unavailable().ifPresent(reason -> assumeTrue(false, reason));
        loop = LoopDevice.over(folder.resolve("image"), SIZE, REQUIRED);
    }

    @AfterEach
    void takeItAway() throws Exception {
        if (loop != null) {
            loop.detach();
        }
    }

    private BlockDevice open(AccessMode mode, Options options) throws IOException {
        return new NativeDriver().open(loop.path(), mode, options);
    }

    /** One device serves one test at a time; erasing it makes it new. */
    private abstract class OverTheLoop extends DeviceTck {
        Options options(Geometry geometry) {
            return GeometryOptions.of(geometry);
        }

        @Override
        protected Geometry geometry() {
            return new Geometry(4, 16, 512, 2048, ErasedState.ZEROS);
        }

        @Override
        protected BlockDevice create(Geometry geometry) throws IOException {
            BlockDevice device = open(AccessMode.READ_WRITE, options(geometry));
            for (long block = 0; block < geometry.blockCount(); block++) {
                device.erase(block);
            }
            device.sync();
            return device;
        }

        @Override
        protected BlockDevice reopen(BlockDevice closed) throws IOException {
            return open(AccessMode.READ_WRITE, options(closed.geometry()));
        }

        @Override
        protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
            try (BlockDevice device = open(AccessMode.READ_WRITE, options(geometry))) {
                device.program(0, ByteBuffer.wrap(image));
                device.sync();
            }
            return open(AccessMode.READ_ONLY, options(geometry));
        }

        @Override
        protected Set<DeviceTrait> traits() {
            return EnumSet.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
        }
    }

    @Nested
    class ThroughThePageCache extends OverTheLoop {}

    @Nested
    class AroundThePageCache extends OverTheLoop {
        @Override
        protected Geometry geometry() {
            return new Geometry(512, 512, 4096, 256, ErasedState.ONES);
        }

        @Override
        Options options(Geometry geometry) {
            return super.options(geometry).with(NativeDriver.DIRECT, true);
        }
    }

    @Test
    void sizeAndSectorComeFromTheDevice() throws Exception {
        try (BlockDevice device = open(AccessMode.READ_WRITE, Options.none().with(NativeDriver.DIRECT, true))) {
            assertThat(device.geometry().sizeBytes()).isEqualTo(SIZE);
            assertThat(device.geometry().readSize()).isEqualTo(512);
            assertThat(device.geometry().erased()).isEqualTo(ErasedState.UNDEFINED);
        }
    }

    @Test
    void aDeviceThatAnotherProcessHasIsRefused() throws Exception {
        String script = "import os,sys; os.open(sys.argv[1], os.O_RDWR | os.O_EXCL); print('open', flush=True);"
                + " sys.stdin.read()";
        Process other = new ProcessBuilder("python3", "-c", script, loop.path()).start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            for (AccessMode mode : List.of(AccessMode.READ_WRITE, AccessMode.READ_ONLY)) {
                assertThatThrownBy(() -> open(mode, Options.none()))
                        .isInstanceOf(DeviceLockedException.class)
                        .hasMessageContaining("the system");
            }
        } finally {
            other.getOutputStream().close();
            assertThat(other.waitFor()).isZero();
        }
        open(AccessMode.READ_WRITE, Options.none()).close();
    }

    @Test
    void aMountedDeviceIsRefused() throws Exception {
        Path target = Files.createDirectory(folder.resolve("mounted"));
        boolean made = LoopDevice.command("mkfs.ext2", "-q", loop.path()) == 0;
        if (REQUIRED) {
            assertThat(made).as("mkfs.ext2 is required here").isTrue();
        }
        assumeTrue(made, "there is no mkfs.ext2");
        int mounted = LoopDevice.command("mount", loop.path(), target.toString());
        if (REQUIRED) {
            assertThat(mounted).as("mounting is required here").isZero();
        }
        assumeTrue(mounted == 0, "this machine lets nobody mount");
        try {
            for (AccessMode mode : List.of(AccessMode.READ_WRITE, AccessMode.READ_ONLY)) {
                assertThatThrownBy(() -> open(mode, Options.none()))
                        .isInstanceOf(DeviceLockedException.class)
                        .hasMessageContaining("mounted");
            }
        } finally {
            assertThat(LoopDevice.command("umount", target.toString())).isZero();
        }
        open(AccessMode.READ_WRITE, Options.none()).close();
    }
}
