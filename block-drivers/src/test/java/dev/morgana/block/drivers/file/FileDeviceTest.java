package dev.morgana.block.drivers.file;

import static dev.morgana.block.drivers.Bytes.all;
import static dev.morgana.block.drivers.Bytes.filled;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.random;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.ArrayModel;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FileDeviceTest {
    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void nameTheImage() {
        image = folder.resolve("image.bin");
    }

    private BlockDevice open(AccessMode mode, String... namesAndValues) throws IOException {
        return new FileDriver().open(image.toString(), mode, options(namesAndValues));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatIsSyncedAtTheCloseAloneIsThereAfterwards() throws IOException {
        byte[] bytes = random(1, 512);
        try (BlockDevice device = open(AccessMode.CREATE, "size", "4096", "sync", "at-close")) {
            program(device, 0, bytes);
            device.sync();
        }
        try (BlockDevice device = open(AccessMode.READ_ONLY)) {
            assertThat(read(device, 0, bytes.length)).isEqualTo(bytes);
        }
    }

    @Nested
    final class Creating {
        @Test
        void writesOnes() throws Exception {
            open(AccessMode.CREATE, "size", "100000", "blockSize", "1000").close();
            assertThat(image).hasBinaryContent(filled(100_000, 0xff));
        }

        /** Blocks of a size that is not a multiple of the parts which the driver keeps account of. */
        @Test
        void erasesWhatWasWrittenSince() throws Exception {
            byte[] expected = filled(100_000, 0xff);
            try (BlockDevice device = open(AccessMode.CREATE, "size", "100000", "blockSize", "1000")) {
                device.erase(7);
                device.program(7_990, ByteBuffer.wrap(new byte[20]));
                device.program(50_000, ByteBuffer.wrap(new byte[1]));
                device.program(99_999, ByteBuffer.wrap(new byte[1]));
                Arrays.fill(expected, 7_990, 8_000, (byte) 0);
                for (long block : new long[] {6, 8, 50, 99}) {
                    device.erase(block);
                }
                assertThat(read(device, 0, expected.length)).isEqualTo(expected);
                device.erase(7);
            }
            assertThat(image).hasBinaryContent(filled(100_000, 0xff));
        }

        @ParameterizedTest
        @EnumSource(
                value = ErasedState.class,
                names = {"ZEROS", "UNDEFINED"})
        void leavesHolesThatReadAsZeros(ErasedState erased) throws Exception {
            FileDevice.create(image, Geometry.ofBlocks(1000, 100).withErased(erased))
                    .close();
            assertThat(image).hasBinaryContent(new byte[100_000]);
        }

        @Test
        void usesTheUsualBlockSize() throws Exception {
            try (BlockDevice device = open(AccessMode.CREATE, "size", "64K")) {
                assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(4096, 16));
                assertThat(device.name()).isEqualTo("file:" + image);
            }
        }

        @Test
        void needsASize() throws Exception {
            assertThatThrownBy(() -> open(AccessMode.CREATE))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("size", "needed", image.toString());
            assertNothingIsLeft();
        }

        @Test
        void refusesAWrongBlockSizeBeforeAnythingIsMade() throws Exception {
            assertThatThrownBy(() -> open(AccessMode.CREATE, "size", "1000", "blockSize", "300"))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll("300", "1000");
            assertNothingIsLeft();
        }

        @Test
        void needsTheFolder() throws Exception {
            image = folder.resolve("missing/image.bin");
            assertThatThrownBy(() -> open(AccessMode.CREATE, "size", "1000"))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContainingAll(image.toString(), "directory does not exist");
            assertNothingIsLeft();
        }

        @Test
        void leavesAnExistingFileAlone() throws Exception {
            byte[] content = random(1, 5000);
            Files.write(image, content);
            try (BlockDevice device = open(AccessMode.CREATE, "size", "4000")) {
                assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(32, 125));
            }
            assertThat(image).hasBinaryContent(content);
        }

        @Test
        void refusesALinkToNothing() throws Exception {
            Files.createSymbolicLink(image, folder.resolve("nothing"));
            assertThatThrownBy(() -> open(AccessMode.CREATE, "size", "4000"))
                    .isInstanceOf(DeviceIoException.class)
                    .hasMessageContaining("symbolic link to nothing");
            assertThat(image).isSymbolicLink();
        }

        @Test
        void worksUnderAnInterrupt() throws Exception {
            Thread.currentThread().interrupt();
            BlockDevice device = open(AccessMode.CREATE, "size", "4096");
            device.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(image).hasBinaryContent(filled(4096, 0xff));
        }
    }

    @Nested
    final class Opening {
        @Test
        void coversTheWholeFile() throws Exception {
            Files.write(image, random(2, 6000));
            try (BlockDevice device = FileDevice.open(image)) {
                assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(16, 375));
                assertThat(all(device)).isEqualTo(random(2, 6000));
                assertThat(device.isReadOnly()).isFalse();
            }
            try (BlockDevice device = FileDevice.openReadOnly(image)) {
                assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(16, 375));
                assertThat(device.isReadOnly()).isTrue();
            }
        }

        @Test
        void leavesBytesBehindTheSizeAlone() throws Exception {
            Files.write(image, random(3, 5000));
            try (BlockDevice device = open(AccessMode.READ_WRITE, "size", "4096")) {
                device.erase(0);
                assertThatThrownBy(() -> device.reshape(Geometry.ofBlocks(5000, 1)))
                        .isInstanceOf(DeviceIoException.class)
                        .hasMessageContaining("4096 bytes");
            }
            byte[] expected = random(3, 5000);
            System.arraycopy(filled(4096, 0xff), 0, expected, 0, 4096);
            assertThat(image).hasBinaryContent(expected);
        }

        private void assertRefused(Class<? extends Throwable> type, AccessMode mode, Options options, String... words)
                throws IOException {
            byte[] before = Files.isRegularFile(image) ? Files.readAllBytes(image) : new byte[0];
            assertThatThrownBy(() -> new FileDriver().open(image.toString(), mode, options))
                    .isInstanceOf(type)
                    .hasMessageContainingAll(words);
            if (Files.isRegularFile(image)) {
                assertThat(image).hasBinaryContent(before);
                try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                    assertThat(file.getChannel().tryLock()).as("lock left").isNotNull();
                }
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = AccessMode.class,
                names = {"READ_ONLY", "READ_WRITE"})
        void refusesAMissingFile(AccessMode mode) throws Exception {
            assertRefused(DeviceIoException.class, mode, options("size", "4096"), image.toString(), "no such file");
            assertNothingIsLeft();
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void refusesADirectory(AccessMode mode) throws Exception {
            image = folder;
            assertRefused(DeviceIoException.class, mode, options("size", "4096"), "is a directory", "regular file");
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void refusesADeviceFile(AccessMode mode) throws Exception {
            image = Path.of("/dev/null");
            assumeTrue(Files.exists(image), "this system has no /dev/null");
            assertRefused(DeviceIoException.class, mode, options("size", "4096"), "not a regular file");
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void refusesAnEmptyFile(AccessMode mode) throws Exception {
            Files.createFile(image);
            assertRefused(DeviceIoException.class, mode, options("size", "4096"), "file is empty");
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void refusesAFileThatIsTooShort(AccessMode mode) throws Exception {
            Files.write(image, new byte[4095]);
            assertRefused(InvalidOptionException.class, mode, options("size", "4096"), "size", "4096", "4095");
        }

        @ParameterizedTest
        @EnumSource(AccessMode.class)
        void refusesABlockSizeThatDoesNotDivideTheFile(AccessMode mode) throws Exception {
            Files.write(image, new byte[4100]);
            assertRefused(
                    InvalidOptionException.class,
                    mode,
                    options("block-size", "512"),
                    "blockSize",
                    "512",
                    "4100",
                    "4 would");
        }

        @Test
        void refusesAFileThatMayNotBeWritten() throws Exception {
            Files.write(image, new byte[4096]);
            assertThat(image.toFile().setReadOnly()).isTrue();
            assumeFalse(Files.isWritable(image), "this user, such as root, may write everything");
            assertRefused(DeviceIoException.class, AccessMode.READ_WRITE, Options.none(), "cannot open");
            FileDevice.openReadOnly(image).close();
        }

        @Test
        void refusesUnknownOptions() throws Exception {
            Files.write(image, new byte[4096]);
            assertRefused(
                    InvalidOptionException.class,
                    AccessMode.READ_WRITE,
                    options("blokSize", "512"),
                    "did you mean blockSize?");
        }

        @Test
        void refusesAnAddressWithoutAFile() {
            assertThatThrownBy(() -> new FileDriver().open("", AccessMode.READ_ONLY, Options.none()))
                    .isInstanceOf(InvalidAddressException.class)
                    .hasMessageContaining("file:<path>");
        }

        @Test
        void refusesWhatIsNoPath() {
            assertThatThrownBy(() -> new FileDriver().open("a\0b", AccessMode.READ_ONLY, Options.none()))
                    .isInstanceOf(InvalidAddressException.class);
        }

        @Test
        void refusesPathsOfOtherFileSystems() throws Exception {
            URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
            try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
                assertThatThrownBy(() -> FileDevice.open(zip.getPath("/image.bin")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("/image.bin");
            }
        }
    }

    @Nested
    final class Serving {
        private final FileDriver driver = new FileDriver();

        @Test
        void isForRegularFilesAndPathsWhereNothingIs() throws Exception {
            assertThat(driver.serves(image)).isTrue();
            Files.write(image, new byte[1]);
            assertThat(driver.serves(image)).isTrue();
        }

        @Test
        void isNotForDirectoriesAndDevices() {
            assertThat(driver.serves(folder)).isFalse();
            assumeTrue(Files.exists(Path.of("/dev/null")), "this system has no /dev/null");
            assertThat(driver.serves(Path.of("/dev/null"))).isFalse();
        }
    }

    @Nested
    final class Working {
        @Test
        void agreesWithAnArray() throws Exception {
            try (BlockDevice device = open(AccessMode.CREATE, "size", "100000", "blockSize", "1000")) {
                ArrayModel.assertAgreement(device, 11);
            }
        }

        @Test
        void tellsThatTheFileWasCut() throws Exception {
            try (BlockDevice device = open(AccessMode.CREATE, "size", "8192", "lock", "off")) {
                try (RandomAccessFile other = new RandomAccessFile(image.toFile(), "rw")) {
                    other.setLength(5000);
                }
                assertThatThrownBy(() -> read(device, 4096, 4096))
                        .isInstanceOfSatisfying(DeviceIoException.class, e -> {
                            assertThat(e.offset()).isEqualTo(4096);
                            assertThat(e.length()).isEqualTo(4096);
                        })
                        .hasMessageContaining("cut to 5000 bytes");
                assertThat(read(device, 0, 4096)).isEqualTo(filled(4096, 0xff));
            }
        }

        @Test
        void reachesTheFileThroughAnyLink() throws Exception {
            open(AccessMode.CREATE, "size", "4096").close();
            Path link = Files.createSymbolicLink(folder.resolve("link"), image);
            try (BlockDevice device = FileDevice.open(link)) {
                program(device, 0, (byte) 5);
            }
            assertThat(Files.readAllBytes(image)).startsWith(5);
        }
    }
}
