package dev.morgana.lsm;

import dev.morgana.spi.option.Option;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of ekv-fs: its own, by the reference implementation's names, and those of the database beneath (ekv-fs page,
 * section 1). Neither of its own is stored in an image. A new one has the widths of the database that the reference
 * implementation is built on without features and variables; with {@code maxKeySize=128}, the most that the reference
 * implementation can use, paths may be as long as it allows.
 */
public final class EkvFsOptions {
    /** The longest path. */
    public static final Option<Long> MAX_PATH_LEN = Option.size("maxPathLen")
            .range(0, 65536)
            .defaultRule("104 for what is written, as the peer documents; longer ones that are there are read")
            .describe("longest path in bytes, with its leading slash; maxKeySize must hold 4 more");

    /** The length of chunks that are written; files are read whatever theirs is. */
    public static final Option<Long> CHUNK_SIZE = Option.size("chunkSize")
            .range(1, 1L << 30)
            .defaultRule("from the files, else 512 or maxValueSize")
            .describe("bytes of a file in one value, at most maxValueSize");

    /** Whether only such files are written as the reference implementation can write, replace and delete. */
    public static final Option<Boolean> TEN_CHUNKS = Option.flag("tenChunks")
            .describe("refuse files of more than ten chunks: the peer reads them, but cannot replace or delete them");

    private static final List<Option<?>> ALL = Stream.concat(
                    EkvOptions.all().stream().filter(option -> option != EkvOptions.STRICT_ORDER),
                    Stream.of(MAX_PATH_LEN, CHUNK_SIZE, TEN_CHUNKS))
            .<Option<?>>map(option -> option)
            .toList();

    private EkvFsOptions() {}

    /**
     * Every option.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return ALL;
    }
}
