package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Rust crate ekv-fs and our files on ekv take turns on one image. */
@Tag("interop")
class EkvfsAlternationTest {
    private static final int STEPS = 200;
    private static final int FILES = 8;

    /** What the crate reads of one file; more is behind an option of ours. */
    private static final int MOST_CHUNKS = 10;

    private final LivePeer peer = new LivePeer(
            "ekv-fs", setup -> RustPeer.program("ekv-fs", setup), address -> new OurTreeParty(address, "/"));

    static Stream<Arguments> runs() {
        return Stream.of(setup("64x100", 64, 100), setup("64x512", 64, 512))
                .flatMap(setup -> LivePeer.seeds().stream().map(seed -> Arguments.of(setup, seed)));
    }

    private static Setup setup(String name, int longestPath, int chunk) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "pageSize",
                512,
                "maxPageCount",
                256,
                "align",
                4,
                "eraseValue",
                255,
                "crc",
                true,
                "maxKeySize",
                128,
                "maxValueSize",
                1024,
                "scratchPageCount",
                4,
                "maxPathLen",
                longestPath,
                "chunkSize",
                chunk));
        return new Setup("ekv-fs", name, options, new ArrayList<>(options.keySet()), 250 * 512, 1, 255);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachReadsWhatTheOtherWrites(Setup setup, int seed, @TempDir Path folder) throws Exception {
        List<Name> names = IntStream.range(0, FILES)
                .mapToObj(i -> Name.of("/file-" + i + ".txt"))
                .toList();
        int most = (int) setup.options().get("chunkSize") * MOST_CHUNKS;
        peer.alternate(setup, new FlatWorkload("file", names, most, 1), seed, STEPS, folder);
    }
}
