package dev.morgana.embedkv;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of embedkv (embedkv page, section 21). The block size and the number of blocks are on the medium, and found
 * there when a store is opened; giving one then is a condition on the image. The others are not on the medium.
 */
public final class EmbedKvOptions {
    private static final long U32 = 0xffffffffL;
    private static final String ZEROS = "0";
    private static final String ONES = "255";

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
    public static final Option<String> FREE_PATTERN = Option.choice("freePattern", List.of(ZEROS, ONES))
            .byDefault(ZEROS)
            .describe("byte that freed blocks are filled with; 0: files and disks; 255: flash");

    /** The number in the header of the first replica; those after it count on. For formatting; nobody checks it. */
    public static final Option<Long> REPLICA_ID = Option.integer("replicaId")
            .range(0, U32)
            .byDefault(0L)
            .describe("number of the first replica, for formatting");

    /** A number in the header, for formatting; nobody checks it. */
    public static final Option<Long> FORMAT_SEQ =
            Option.integer("formatSeq").range(0, U32).byDefault(0L).describe("sequence number, for formatting");

    /** Refuses headers of another major version; the peers do not look at it. */
    public static final Option<Boolean> STRICT_VERSION =
            Option.flag("strictVersion").describe("refuse headers of another version than 1, which the peers accept");

    /** How much memory the index may take; a store with more keys is not opened, and takes no more keys. */
    public static final Option<Long> INDEX_BYTES = Option.size("indexBytes")
            .byDefault(1024L * 1024 * 1024)
            .describe("most memory for the index of keys, about");

    /**
     * Only for {@link EmbedKv#open}: the peers' own steps and answers, weaknesses included. Opening neither recovers nor builds
     * the index, each replica goes its own way, and what cannot be read is missing.
     */
    public static final Option<Boolean> PEER_COMPATIBLE =
            Option.flag("peerCompatible").describe("the peers' own steps and answers, weaknesses included");

    /**
     * Only with {@link #PEER_COMPATIBLE}: also what follows from memory is read again, as the peers do. For devices that change
     * or fail under the store.
     */
    public static final Option<Boolean> REREADS =
            Option.flag("rereads").describe("with peerCompatible: read again what follows from memory");

    /**
     * Only with {@link #PEER_COMPATIBLE}: keys that are equal once whatever is no UTF-8 in them was replaced by U+FFFD are one
     * key, as in the Rust implementation.
     */
    public static final Option<Boolean> LOSSY_KEYS = Option.flag("lossyKeys")
            .describe("with peerCompatible: compare keys as text, whatever is no UTF-8 in them replaced by U+FFFD");

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
     * Every option of the store; {@link EmbedKv#open} has three more.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return STORE;
    }

    /** Refuses what {@link EmbedKv#open} does not know. */
    static void checkForSession(Options options) throws InvalidOptionException {
        List<Option<?>> declared = new ArrayList<>(STORE);
        declared.add(PEER_COMPATIBLE);
        declared.add(REREADS);
        declared.add(LOSSY_KEYS);
        check(options, declared);
    }

    private static void check(Options options, List<Option<?>> declared) throws InvalidOptionException {
        try {
            options.check(declared);
        } catch (InvalidOptionException e) {
            throw e.option().equals(BLOCK_SIZE.name()) ? PeerError.INVALID_BLOCK_SIZE.on(e) : e;
        }
    }

    /** Checks the options of the store, and reads them. */
    static Settings settings(Options options, boolean readOnly) throws InvalidOptionException {
        check(options, STORE);
        return new Settings(
                options.optional(BLOCK_SIZE).orElse(0L).intValue(),
                options.optional(BLOCK_COUNT).orElse(0L).intValue(),
                (byte) Integer.parseInt(options.get(FREE_PATTERN)),
                options.get(REPLICA_ID),
                options.get(FORMAT_SEQ),
                readOnly || options.get(CommonOptions.READ_ONLY),
                options.get(STRICT_VERSION),
                options.get(INDEX_BYTES));
    }
}
