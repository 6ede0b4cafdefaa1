package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest file on a device of 64 GiB needs no more than a heap of 64 MiB. */
@Timeout(300)
@Campaign
class MaximalFileTest {
    @ParameterizedTest
    @ValueSource(ints = {32768, 131072})
    void isWrittenAndReadInASmallHeap(int blockSize) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MaximalFile.class.getName(),
                        Integer.toString(blockSize))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor() + " " + said).startsWith("0 ").endsWith("done\n");
    }
}
