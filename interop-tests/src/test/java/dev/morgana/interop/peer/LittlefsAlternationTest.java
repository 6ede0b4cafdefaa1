package dev.morgana.interop.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The C littlefs, in littlefs-python, and our backend take turns on one image: both versions, five geometries. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class LittlefsAlternationTest {
    private static final int STEPS = 500;

    /**
     * How often the peer moves pairs where ours moves them with nearly every compaction. Where it does that too, it fails by
     * itself (littlefs page, section 16): of 40 runs of 500 changes, without any of ours, 9 ended in an error, an assertion or
     * an endless loop.
     */
    private static final int SELDOM = 50;

    private static final String OFTEN = "&blockCycles=1";

    private final LivePeer peer = new LivePeer(
            "littlefs-python",
            setup -> PythonPeer.program(),
            address -> new OurTreeParticipant(address.contains("blockCycles") ? address : address + OFTEN));

    static Stream<Arguments> runs() {
        return Stream.of("2.0", "2.1")
                .flatMap(version -> Stream.of(
                        setup(version, 128, 400, 1, 1, -1),
                        setup(version, 256, 200, 16, 16, SELDOM),
                        setup(version, 512, 128, 16, 64, 10),
                        setup(version, 1024, 80, 256, 256, 100),
                        setup(version, 4096, 128, 16, 256, -1)))
                .flatMap(setup -> seeds(setup).map(seed -> Arguments.of(setup, seed)));
    }

    /** Two seeds are shared out between the versions, which differ in little; more are all run with both. */
    private static Stream<Integer> seeds(Setup setup) {
        List<Integer> seeds = LivePeer.seeds();
        int first = setup.options().get("diskVersion").equals("2.0") ? 1 : 2;
        return seeds.size() == 2 ? Stream.of(first) : seeds.stream();
    }

    private static Setup setup(String version, int block, int blocks, int read, int program, int cycles) {
        Map<String, Object> options = new TreeMap<>(Map.of(
                "blockSize",
                block,
                "blockCount",
                blocks,
                "readSize",
                read,
                "progSize",
                program,
                "cacheSize",
                Math.max(read, program),
                "blockCycles",
                cycles,
                "diskVersion",
                version));
        String name = version + ", " + blocks + " blocks of " + block + ", read " + read + ", program " + program
                + ", block cycles " + cycles;
        List<String> ours = options.keySet().stream()
                .filter(option -> cycles != SELDOM || !option.equals("blockCycles"))
                .toList();
        return new Setup("littlefs", name, options, ours, block * blocks, 1, 255);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachReadsWhatTheOtherWrites(Setup setup, int seed, @TempDir Path folder) throws Exception {
        int block = (int) setup.options().get("blockSize");
        peer.alternate(setup, new TreeWorkload(20, 3 * block, block / 32), seed, STEPS, folder);
    }

    /** The C implementation passes over digests of content, and leaves outdated ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void digestsAreNothingToTheOther(int seed, @TempDir Path folder) throws Exception {
        LivePeer digesting = new LivePeer(
                "littlefs-python",
                setup -> PythonPeer.program(),
                address -> new OurTreeParticipant(address + "&digests=true"));
        Setup setup = setup("2.1", 512, 128, 16, 64, -1);
        digesting.alternate(setup, new TreeWorkload(20, 1500, 16), seed, STEPS, folder);
    }
}
