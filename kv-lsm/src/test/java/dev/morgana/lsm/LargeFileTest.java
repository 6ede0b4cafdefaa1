package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is put, replaced, moved, changed, cut off and deleted in a heap that is a small part of it. */
@Timeout(900)
@Campaign
class LargeFileTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("morgana.nightly");
    private static final int MEBIBYTES = NIGHTLY ? 256 : 64;
    private static final String HEAP = NIGHTLY ? "-Xmx32m" : "-Xmx24m";
    private static final int PAGE = NIGHTLY ? 16384 : 4096;

    @Test
    void streamsInAndOutInASmallHeap(@TempDir Path folder) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:-UsePerfData",
                        "-ea",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LargeFile.class.getName(),
                        folder.resolve("flash.img").toString(),
                        Long.toString((long) MEBIBYTES << 20),
                        Integer.toString(PAGE))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor() + " " + said).startsWith("0 ").endsWith("done\n");
    }
}
