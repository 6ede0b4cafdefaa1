package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@Campaign
final class LargeDevicesTest {
    @TempDir
    private Path folder;

    private static void assertWorks(String driver, String part, String erased) throws Exception {
        try (ChildJvm child = ChildJvm.start(LargeDevices.class, driver, part, erased)) {
            assertThat(child.end()).isEqualTo("0\ndone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ones", "zeros", "undefined"})
    void memoryOf64GiBWorksInASmallHeap(String erased) throws Exception {
        assertWorks("mem", "", erased);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "undefined"})
    void aFileOf64GiBWorksInASmallHeap(String erased) throws Exception {
        Path image = folder.resolve("image.bin");
        assertWorks("file", image.toString(), erased);
        assertThat(image).hasSize(64L << 30);
    }

    @Test
    void aFileErasedToZerosTakesNoRoomOnTheDisk() throws Exception {
        Path image = folder.resolve("image.bin");
        assertWorks("file", image.toString(), "undefined");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/du")), "no du to ask for the room a file takes");
        Process du = new ProcessBuilder("/usr/bin/du", "-k", image.toString()).start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Long.parseLong(answer.split("\\s+")[0])).isLessThan(1024);
    }
}
