package dev.morgana.block.drivers.mem;

import static dev.morgana.block.drivers.Bytes.filled;
import static dev.morgana.block.drivers.Bytes.options;
import static dev.morgana.block.drivers.Bytes.program;
import static dev.morgana.block.drivers.Bytes.random;
import static dev.morgana.block.drivers.Bytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotTest {
    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void nameTheImage() {
        image = folder.resolve("image.bin");
    }

    private static BlockDevice open(AccessMode mode, String... namesAndValues) throws IOException {
        return new MemDriver().open("", mode, options(namesAndValues));
    }

    private static BlockDevice open(String... namesAndValues) throws IOException {
        return open(AccessMode.CREATE, namesAndValues);
    }

    private BlockDevice openImage(AccessMode mode) throws IOException {
        return open(mode, "size", "40000", "blockSize", "1000", "snapshot", image.toString());
    }

    private void assertOnlyTheImageIsThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(image);
        }
    }

    @Test
    void isWrittenBySync() throws Exception {
        try (BlockDevice device = openImage(AccessMode.CREATE)) {
            program(device, 20_000, new byte[] {1, 2, 3});
            assertThat(image).doesNotExist();
            device.sync();
            byte[] expected = filled(40_000, 0xff);
            System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 20_000, 3);
            assertThat(image).hasBinaryContent(expected);
            assertOnlyTheImageIsThere();
        }
    }

    @Test
    void isWrittenByClose() throws Exception {
        BlockDevice device = openImage(AccessMode.CREATE);
        program(device, 0, new byte[1000]);
        device.close();
        assertThat(image).hasSize(40_000);
        assertThat(Files.readAllBytes(image)).startsWith(new byte[1000]).endsWith(filled(39_000, 0xff));
    }

    @Test
    void isNotWrittenWithoutAChange() throws Exception {
        openImage(AccessMode.READ_WRITE).close();
        assertThat(image).doesNotExist();
    }

    @Test
    void isLoadedWithItsOwnSize() throws Exception {
        byte[] content = random(3, 50_000);
        Files.write(image, content);
        try (BlockDevice device = open(AccessMode.READ_WRITE, "snapshot", image.toString(), "memory", "direct")) {
            assertThat(device.geometry()).isEqualTo(Geometry.ofBlocks(16, 3125));
            assertThat(read(device, 0, 50_000)).isEqualTo(content);
        }
        assertThat(image).hasBinaryContent(content);
    }

    @Test
    void keepsZerosAsZeros() throws Exception {
        try (BlockDevice device = open("size", "100000", "erased", "zeros", "snapshot", image.toString())) {
            program(device, 99_999, new byte[] {9});
        }
        byte[] expected = new byte[100_000];
        expected[99_999] = 9;
        assertThat(image).hasBinaryContent(expected);
    }

    @Test
    void keepsASymbolicLink() throws Exception {
        Files.write(image, new byte[40_000]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), image);
        try (BlockDevice device = open("snapshot", link.toString())) {
            program(device, 0, new byte[] {5});
        }
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllBytes(image)).startsWith(5);
    }

    @Test
    void ofAnotherSizeIsRefusedAndStays() throws Exception {
        Files.write(image, new byte[39_999]);
        assertThatThrownBy(() -> openImage(AccessMode.CREATE))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll("snapshot", "39999", "40000");
        assertThat(image).hasSize(39_999);
    }

    @Test
    void thatIsEmptyIsRefused() throws Exception {
        Files.createFile(image);
        assertThatThrownBy(() -> open("snapshot", image.toString()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContainingAll("snapshot", "0 bytes");
    }

    @Test
    void thatIsMissingIsRefusedForReading() {
        assertThatThrownBy(() -> openImage(AccessMode.READ_ONLY))
                .isInstanceOf(DeviceIoException.class)
                .hasMessageContainingAll(image.toString(), "no such file");
    }

    @Test
    void thatIsADirectoryIsRefused() {
        assertThatThrownBy(() -> open("size", "1", "snapshot", folder.toString()))
                .isInstanceOf(DeviceIoException.class)
                .hasMessageContainingAll(folder.toString(), "not a regular file");
    }

    @Test
    void inAFolderThatDoesNotExistIsRefused() {
        assertThatThrownBy(() ->
                        open("size", "1", "snapshot", folder.resolve("a/b").toString()))
                .isInstanceOf(DeviceIoException.class)
                .hasMessageContaining("folder does not exist");
    }

    @Test
    void thatCannotBeWrittenKeepsTheOldOne() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("image.bin");
        BlockDevice device = open("size", "100", "snapshot", file.toString());
        program(device, 0, new byte[] {5});
        Files.delete(inner);
        assertThatThrownBy(device::sync).isInstanceOf(DeviceIoException.class).hasMessageContaining("sync failed");
        assertThat(read(device, 0, 1)).containsExactly(5);
        Files.createDirectory(inner);
        device.sync();
        assertThat(file).hasSize(100);
        device.close();
    }

    @Test
    void isWrittenByAnInterruptedThread() throws Exception {
        BlockDevice device = openImage(AccessMode.CREATE);
        program(device, 0, new byte[1000]);
        Thread.currentThread().interrupt();
        device.sync();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(image).hasSize(40_000);
        device.close();
    }
}
