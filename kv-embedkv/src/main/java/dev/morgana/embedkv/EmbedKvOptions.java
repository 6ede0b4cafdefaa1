package dev.morgana.embedkv;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.List;

/**
 * The options of embedkv (embedkv page, section 21). The block size and the number of blocks are on the medium, and found
 * there when a store is opened; giving one then is a condition on the image. The others are not on the medium.
 */
public final class EmbedKvOptions {
    private static final long U32 = 0xffffffffL;

    /** The unit of reading and writing, at least 36 bytes for records to fit; any number, no power of two needed. */
    public static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(BlockSize.LEAST_OPENED, Integer.MAX_VALUE)
            .defaultRule("from the header, else the device's")
            .describe("size of a block");

    /** The number of blocks of each replica, the header included. */
    public static final Option<Long> BLOCK_COUNT = Option.integer("blockCount")
            .unit("blocks")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("from the header, else as many as fit on every device")
            .describe("number of blocks of each replica");

    /** What freed blocks are filled with: 0 for files and disks, 255 for flash. It may differ from opening to opening. */
    public static final Option<FreePattern> FREE_PATTERN = Option.choice("freePattern", FreePattern.class)
            .byDefault(FreePattern.ZEROS)
            .describe("byte that freed blocks are filled with; 0: files and disks; 255: flash");

    /** The number in the header of the first replica; those after it count on. For formatting; nobody checks it. */
    public static final Option<Long> REPLICA_ID = Option.integer("replicaId")
            .range(0, U32)
            .byDefault(0L)
            .describe("number of the first replica, for formatting");

    /** A number in the header, for formatting; nobody checks it. */
    public static final Option<Long> FORMAT_SEQ =
            Option.integer("formatSeq").range(0, U32).byDefault(0L).describe("sequence number, for formatting");

    /** Refuses headers of another major version; the reference implementations do not look at it. */
    public static final Option<Boolean> STRICT_VERSION =
            Option.flag("strictVersion").describe("refuse headers of another version than 1, which the peers accept");

    /** How much memory the index may take; a store with more keys is not opened, and takes no more keys. */
    public static final Option<Long> INDEX_BYTES = Option.size("indexBytes")
            .byDefault(1024L * 1024 * 1024)
            .describe("most memory for the index of keys, about");

    private static final List<Option<?>> STORE = List.of(
            CommonOptions.READ_ONLY,
            BLOCK_SIZE,
            BLOCK_COUNT,
            FREE_PATTERN,
            REPLICA_ID,
            FORMAT_SEQ,
            STRICT_VERSION,
            INDEX_BYTES);

    private EmbedKvOptions() {}

    /**
     * Every option of the store.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return STORE;
    }

    private static void check(Options options) throws InvalidOptionException {
        try {
            options.check(STORE);
        } catch (InvalidOptionException e) {
            throw e.option().equals(BLOCK_SIZE.name()) ? PeerError.INVALID_BLOCK_SIZE.on(e) : e;
        }
    }

    /** Checks the options of the store, and reads them. */
    static Settings settings(Options options, boolean readOnly) throws InvalidOptionException {
        check(options);
        return new Settings(
                options.optional(BLOCK_SIZE).orElse(0L).intValue(),
                options.optional(BLOCK_COUNT).orElse(0L).intValue(),
                (byte) (options.get(FREE_PATTERN) == FreePattern.ZEROS ? 0 : 0xff),
                options.get(REPLICA_ID),
                options.get(FORMAT_SEQ),
                readOnly || options.get(CommonOptions.READ_ONLY),
                options.get(STRICT_VERSION),
                options.get(INDEX_BYTES));
    }
}
