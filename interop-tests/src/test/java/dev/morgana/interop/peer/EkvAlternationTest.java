package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Rust crate ekv and our backend take turns on one image, in five configurations of the golden data. */
@Tag("interop")
class EkvAlternationTest {
    private static final int TRANSACTIONS = 300;
    private static final int MOST_CHANGES = 6;
    private static final int KEYS = 16;

    private final LivePeer peer = new LivePeer("ekv", setup -> RustPeer.program("ekv", setup), OurFlatParticipant::new);

    static Stream<Arguments> runs() {
        return Stream.of(
                        setup("p4096", 14, 4096, Map.of("align", 4, "crc", true)),
                        setup("p4096-nocrc", 12, 4096, Map.of("align", 4, "crc", false)),
                        setup(
                                "p512-a1",
                                40,
                                512,
                                Map.of("align", 1, "crc", true, "maxKeySize", 32, "maxValueSize", 600)),
                        setup("p512-e00", 40, 512, Map.of("eraseValue", 0, "crc", true, "branchingFactor", 3)),
                        setup(
                                "p256-a2-bf4",
                                56,
                                256,
                                Map.of(
                                        "align",
                                        2,
                                        "eraseValue",
                                        0,
                                        "crc",
                                        false,
                                        "branchingFactor",
                                        4,
                                        "maxKeySize",
                                        8,
                                        "maxValueSize",
                                        1000)))
                .flatMap(setup -> LivePeer.seeds().stream().map(seed -> Arguments.of(setup, seed)));
    }

    private static Setup setup(String name, int pages, int pageSize, Map<String, Object> special) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "pageSize",
                pageSize,
                "maxPageCount",
                256,
                "align",
                4,
                "eraseValue",
                255,
                "crc",
                true,
                "maxKeySize",
                64,
                "maxValueSize",
                1024,
                "scratchPageCount",
                4,
                "branchingFactor",
                2,
                "maxChunkSize",
                4096));
        options.putAll(special);
        int erased = (int) options.get("eraseValue");
        return new Setup("ekv", name, options, new ArrayList<>(options.keySet()), pages * pageSize, 1, erased);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachReadsWhatTheOtherWrites(Setup setup, int seed, @TempDir Path folder) throws Exception {
        int longestKey = (int) setup.options().get("maxKeySize");
        int longestValue = Math.min(400, (int) setup.options().get("maxValueSize"));
        List<Name> names = FlatWorkload.names(KEYS, longestKey, true);
        peer.alternate(setup, new FlatWorkload("value", names, longestValue, MOST_CHANGES), seed, TRANSACTIONS, folder);
    }
}
