package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers in a container, as on a machine without their toolchain: one of each language here, whatever this machine has.
 * With {@code -Dmorgana.peers=container} all alternations run so.
 */
@Tag("interop")
class ContainedPeerTest {
    private static final int STEPS = 60;

    @Test
    void littlefsPythonTakesTurnsFromAContainer(@TempDir Path folder) throws Exception {
        Map<String, Object> options = Map.of(
                "blockSize",
                512,
                "blockCount",
                128,
                "readSize",
                16,
                "progSize",
                64,
                "cacheSize",
                64,
                "blockCycles",
                10,
                "diskVersion",
                "2.1");
        Setup setup = new Setup(
                "littlefs", "2.1, 128 blocks of 512", options, List.copyOf(options.keySet()), 512 * 128, 1, 255);
        new LivePeer("littlefs-python", any -> PythonPeer.program(Place.CONTAINER), OurTreeParticipant::new)
                .alternate(setup, new TreeWorkload(20, 1000, 8), 1, STEPS, folder);
    }

    @Test
    void aCrateTakesTurnsFromAContainer(@TempDir Path folder) throws Exception {
        Setup setup = new Setup(
                "embedkv",
                "three-replicas",
                Map.of("blockSize", 128, "freePattern", 255),
                List.of("blockSize", "freePattern"),
                128 * 96,
                3,
                255);
        new LivePeer("embedkv", any -> RustPeer.program("embedkv", any, Place.CONTAINER), OurFlatParticipant::new)
                .alternate(
                        setup, new FlatWorkload("value", FlatWorkload.names(12, 60, false), 300, 1), 1, STEPS, folder);
    }
}
