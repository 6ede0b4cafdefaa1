package dev.morgana.block.drivers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the host has no room, shown by a limit on the size of files, which any user can set. */
@Timeout(120)
final class FullDiskTest {
    private static final int HALF_KILOBYTES = 2048;

    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void nameTheImage() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
        image = folder.resolve("image.bin");
    }

    private String answer(String mode, String erased) throws Exception {
        try (ChildJvm child =
                ChildJvm.startWithFileLimit(HALF_KILOBYTES, FullDisk.class, image.toString(), mode, erased)) {
            return child.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ones", "zeros"})
    void aFileThatCannotBeMadeWholeIsRemoved(String erased) throws Exception {
        assertThat(answer("CREATE", erased)).startsWith("0\nopen failed: file:" + image + ": cannot make the file");
        assertThat(image).doesNotExist();
    }

    @Test
    void aProgramWithoutRoomFailsAndTheDeviceWorksOn() throws Exception {
        makeHole();
        assertThat(answer("READ_WRITE", "ones"))
                .isEqualTo("0\nopen\nprogram failed at 8384512 with 4096\nfirst block 7");
    }

    private void makeHole() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
    }
}
