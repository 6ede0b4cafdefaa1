package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Results that cannot be written: the place is full, or nobody reads on. */
@EnabledOnOs(OS.LINUX)
@Campaign
class FullOutputTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeAnImage() throws Exception {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("noise"), noise);
        assertThat(CommandProcess.run(List.of(), folder, "create", "littlefs", "a.img", "noise")
                        .err())
                .isEmpty();
    }

    @Test
    void aFullPlaceIsToldAndHasItsOwnCode() throws Exception {
        for (String[] words : new String[][] {{"cat", "a.img:/noise"}, {"ls", "a.img"}, {"export", "a.img", "-.tar"}}) {
            CommandProcess command = CommandProcess.into(Path.of("/dev/full"), folder, words);
            assertThat(command.code()).as(command.err()).isEqualTo(5);
            assertThat(command.err())
                    .startsWith("morgana: ")
                    .contains("No space left on device")
                    .hasLineCount(1);
        }
    }

    @Test
    void aPipeThatClosesEarlyIsNoNews() throws Exception {
        Process process = CommandProcess.startForReading(folder, "cat", "a.img:/noise");
        assertThat(process.getInputStream().readNBytes(10)).hasSize(10);
        process.getInputStream().close();
        assertThat(process.waitFor()).isEqualTo(6);
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }
}
