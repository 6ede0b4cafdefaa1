package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An image of version 2.0 stays one, whatever we do to it without being asked for another version: littlefs 2.4, which refuses
 * 2.1, takes turns with us and sees every change.
 */
@Tag("interop")
class OlderLittlefsAlternationTest {
    private static final int STEPS = 500;

    private final LivePeer peer = new LivePeer(
            "littlefs-python 0.4",
            setup -> PythonPeer.older(),
            address -> OurTreeParticipant.madeWith(address, "&diskVersion=2.0"));

    static Stream<Arguments> runs() {
        return Stream.of(setup(256, 200, 16, 16), setup(512, 128, 16, 64))
                .flatMap(setup -> LivePeer.seeds().stream().map(seed -> Arguments.of(setup, seed)));
    }

    private static Setup setup(int block, int blocks, int read, int program) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "blockSize", block, "blockCount", blocks, "readSize", read, "progSize", program, "cacheSize", program));
        String name = "2.0 alone, " + blocks + " blocks of " + block;
        return new Setup("littlefs", name, options, List.copyOf(options.keySet()), block * blocks, 1, 255);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void seesEveryChange(Setup setup, int seed, @TempDir Path folder) throws Exception {
        int block = (int) setup.options().get("blockSize");
        peer.alternate(setup, new TreeWorkload(20, 3 * block, 0), seed, STEPS, folder);
    }
}
