package dev.morgana.interop.peer;

import dev.morgana.spi.option.Options;
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

    /** What the crate replaces and deletes; it reads more. */
    private static final int MOST_CHUNKS = 10;

    private final LivePeer peer = new LivePeer(
            "ekv-fs", setup -> RustPeer.program("ekv-fs", setup), address -> new OurTreeParticipant(address, "/"));

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

    /** Paths that no tree has, some of which look like keys of others. */
    private static final List<Name> PATHS = Stream.of(
                    "/short", "/a", "/a:0", "c:/a:0", "m:/a", "", ":", "//", "/\u00fc \t\u0001\ud83d\ude00", "a/../b/")
            .map(Name::of)
            .toList();

    /** So little that nearly every change is several files of the tree, on free pages until they are committed together. */
    private static final long LITTLE_MEMORY = 1500;

    private static LivePeer files(long memory) {
        LivePeer.Ours ours = (setup, images) -> {
            Options options = Options.none().plus("transactionBytes", Long.toString(memory));
            for (Map.Entry<String, Object> option : setup.options().entrySet()) {
                options = options.plus(option.getKey(), option.getValue().toString());
            }
            return new OurFilesParticipant(images.get(0), options);
        };
        return LivePeer.onImages("ekv-fs", setup -> RustPeer.program("ekv-fs", setup), ours);
    }

    /** The crate reads what we append, change, cut off and move, also of more chunks than it can write itself. */
    @ParameterizedTest
    @MethodSource("runs")
    void theCrateReadsWhatItCannotDo(Setup setup, int seed, @TempDir Path folder) throws Exception {
        alternateInFiles(files(1 << 20), setup.named(setup.name() + "-any-change"), seed, folder);
    }

    /** The same of changes that exceed memory. */
    @ParameterizedTest
    @MethodSource("runs")
    void theCrateGoesOnBehindTransactionsThatExceedMemory(Setup setup, int seed, @TempDir Path folder)
            throws Exception {
        alternateInFiles(files(LITTLE_MEMORY), setup.named(setup.name() + "-exceeding-memory"), seed, folder);
    }

    private static void alternateInFiles(LivePeer peer, Setup setup, int seed, Path folder) throws Exception {
        int most = (int) setup.options().get("chunkSize") * MOST_CHUNKS;
        peer.alternate(
                setup,
                new FilesWorkload(PATHS, most, true),
                new FilesWorkload(PATHS, most, false),
                seed,
                STEPS,
                folder);
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
