package dev.morgana.block.drivers.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a native device. */
@Timeout(60) // a watchdog; no test depends on how long anything takes
class NativeTroubleTest {
    private static final Options SIZE = Options.none().with(GeometryOptions.SIZE, 65536L);

    @TempDir
    private Path folder;

    private final NativeDriver driver = new NativeDriver();

    @BeforeEach
    void needsTheSystem() {
        driver.unavailable().ifPresent(reason -> assumeTrue(false, reason));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Nested
    class Opening {
        @Test
        void aMissingFileADirectoryAndAnEmptyFileAreNamed() throws Exception {
            Files.createFile(folder.resolve("empty"));
            assertThatThrownBy(() -> driver.open(path("none"), AccessMode.READ_WRITE, Options.none()))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> driver.open(folder.toString(), AccessMode.READ_WRITE, Options.none()))
                    .hasMessageContaining("is a directory");
            assertThatThrownBy(() -> driver.open(path("empty"), AccessMode.READ_WRITE, Options.none()))
                    .hasMessageContaining("is empty");
            assertThatThrownBy(() -> driver.open("/dev/null", AccessMode.READ_WRITE, Options.none()))
                    .hasMessageContaining("no MTD flash")
                    .hasMessageContaining("ENOTTY");
        }

        @Test
        void makingAFileNeedsASize() {
            assertThatThrownBy(() -> driver.open(path("new"), AccessMode.CREATE, Options.none()))
                    .isInstanceOf(InvalidOptionException.class);
            assertThat(folder.resolve("new")).doesNotExist();
        }

        @Test
        void twoDriversNeverHaveOneFile() throws Exception {
            try (BlockDevice device = driver.open(path("image"), AccessMode.CREATE, SIZE)) {
                assertThat(device.geometry().sizeBytes()).isEqualTo(65536);
                assertThatThrownBy(() -> new FileDriver().open(path("image"), AccessMode.READ_ONLY, Options.none()))
                        .isInstanceOf(DeviceLockedException.class);
                assertThatThrownBy(() -> driver.open(path("image"), AccessMode.READ_WRITE, Options.none()))
                        .isInstanceOf(DeviceLockedException.class);
            }
            new FileDriver()
                    .open(path("image"), AccessMode.READ_ONLY, Options.none())
                    .close();
        }

        @Test
        void aFailedOpenLeavesNothingLocked() throws Exception {
            driver.open(path("image"), AccessMode.CREATE, SIZE).close();
            Options wrong = Options.none().with(GeometryOptions.SIZE, 1L << 30);
            assertThatThrownBy(() -> driver.open(path("image"), AccessMode.READ_WRITE, wrong))
                    .isInstanceOf(InvalidOptionException.class);
            driver.open(path("image"), AccessMode.READ_WRITE, Options.none()).close();
        }

        @Test
        void anotherProcessIsKeptOut() throws Exception {
            try (BlockDevice device = driver.open(path("image"), AccessMode.CREATE, SIZE)) {
                assertThat(device.isReadOnly()).isFalse();
                // flock(1) takes another kind of lock, so the child asks for one by range, as ours is
                String script = "import fcntl,sys; f=open(sys.argv[1],'r+');"
                        + " fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)";
                assertThat(LoopDevice.command("python3", "-c", script, path("image")))
                        .isNotZero();
            }
            String script = "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)";
            assertThat(LoopDevice.command("python3", "-c", script, path("image")))
                    .isZero();
        }
    }

    @Test
    void aFullDiskIsAnErrorByNameAndTheDeviceGoesOn() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = LoopDevice.command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0;
        if (LoopDeviceContractTest.REQUIRED) {
            assertThat(mounted).as("mounting is required here").isTrue();
        }
        assumeTrue(mounted, "this machine lets nobody mount a small disk");
        try {
            String image = disk.resolve("image").toString();
            Options sparse = Options.none()
                    .with(GeometryOptions.SIZE, 1L << 20)
                    .with(GeometryOptions.ERASED, dev.morgana.spi.block.ErasedState.ZEROS);
            try (BlockDevice device = driver.open(image, AccessMode.CREATE, sparse)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 256; i++) {
                                device.program(
                                        i * 4096L, ByteBuffer.allocate(4096).put(0, (byte) 1));
                            }
                        })
                        .isInstanceOf(DeviceIoException.class)
                        .hasMessageContaining("ENOSPC");
                ByteBuffer read = ByteBuffer.allocate(4096);
                device.read(0, read);
                assertThat(read.get(0)).isEqualTo((byte) 1);
            }
            assertThatThrownBy(() -> driver.open(
                            disk.resolve("second").toString(),
                            AccessMode.CREATE,
                            Options.none().with(GeometryOptions.SIZE, 1L << 20)))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("ENOSPC");
            assertThat(disk.resolve("second")).doesNotExist();
        } finally {
            assertThat(LoopDevice.command("umount", disk.toString())).isZero();
        }
    }

    @Test
    void closingWaitsForAReadThatIsBlocked() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingLibc libc = new BlockingLibc(reading, goOn);
        Path file = Files.write(folder.resolve("image"), new byte[4096]);
        SystemCalls calls = new SystemCalls(libc, () -> 0, Platform.LINUX);
        BlockDevice device = new NativeOpening("native:image", file, AccessMode.READ_ONLY, Options.none(), calls)
                .existing(FileKind.REGULAR);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                device.read(0, ByteBuffer.allocate(16));
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();
        reading.await();
        Thread closer = new Thread(() -> {
            try {
                device.close();
            } catch (IOException e) {
                failure.set(e);
            }
        });
        closer.start();
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(libc.closed).as("closed under the read").isFalse();
        goOn.countDown();
        reader.join();
        closer.join();
        assertThat(failure.get()).isNull();
        assertThat(libc.closed).isTrue();
        assertThatThrownBy(() -> device.read(0, ByteBuffer.allocate(16))).isInstanceOf(DeviceClosedException.class);
    }

    /** Returns every call, and blocks in a read until it is let go. */
    private static final class BlockingLibc implements Libc {
        private final CountDownLatch reading;
        private final CountDownLatch goOn;
        private volatile boolean closed;

        BlockingLibc(CountDownLatch reading, CountDownLatch goOn) {
            this.reading = reading;
            this.goOn = goOn;
        }

        @Override
        public int open(String path, int flags, int mode) {
            return 3;
        }

        @Override
        public int close(int descriptor) {
            closed = true;
            return 0;
        }

        @Override
        public long pread(int descriptor, ByteBuffer target, long length, long position) {
            reading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return length;
        }

        @Override
        public long pwrite(int descriptor, ByteBuffer source, long length, long position) {
            return length;
        }

        @Override
        public int fdatasync(int descriptor) {
            return 0;
        }

        @Override
        public int ftruncate(int descriptor, long length) {
            return 0;
        }

        @Override
        public long lseek(int descriptor, long offset, int whence) {
            return 4096;
        }

        @Override
        public int fcntl(int descriptor, int command, ByteBuffer argument) {
            return 0;
        }

        @Override
        public int ioctl(int descriptor, long request, ByteBuffer argument) {
            return 0;
        }
    }
}
