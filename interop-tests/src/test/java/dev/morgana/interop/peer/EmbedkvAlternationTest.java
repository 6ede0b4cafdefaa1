package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Rust crate embedkv and our backend on one image, and on three replicas. */
@Tag("interop")
class EmbedkvAlternationTest {
    private static final int STEPS = 500;
    private static final int BLOCK = 128;
    private static final int BLOCKS = 96;

    private final LivePeer peer =
            new LivePeer("embedkv", setup -> RustPeer.program("embedkv", setup), OurFlatParticipant::new);

    static Stream<Arguments> runs() {
        return Stream.of(setup("one-image", 1, 0), setup("three-replicas", 3, 255))
                .flatMap(setup -> LivePeer.seeds().stream().map(seed -> Arguments.of(setup, seed)));
    }

    private static Setup setup(String name, int images, int pattern) {
        return new Setup(
                "embedkv",
                name,
                Map.of("blockSize", BLOCK, "freePattern", pattern),
                List.of("blockSize", "freePattern"),
                BLOCK * BLOCKS,
                images,
                pattern);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachReadsWhatTheOtherWrites(Setup setup, int seed, @TempDir Path folder) throws Exception {
        // keys that are no UTF-8 are where the peer loses data: see the golden quirk lossy-keys
        Workload workload = new FlatWorkload("value", FlatWorkload.names(12, 60, false), 3 * BLOCK, 1);
        peer.alternate(setup, workload, seed, STEPS, folder);
    }
}
