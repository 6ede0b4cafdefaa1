package dev.morgana.lsm;

import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import java.util.List;

/**
 * The options of ekv, by the reference implementation's own names (ekv page, section 2). The reference implementation fixes
 * them when it is compiled, and an image holds none of them but the number of pages: opening finds out what it can, and refuses
 * what contradicts the image. What cannot be found out must be given as it was when the image was made. A new image is as the
 * reference implementation makes it that is built without features and variables: checksums, for instance, are a feature that
 * it leaves off.
 */
public final class EkvOptions {
    private static final long MOST_LENGTH = 1L << 30;

    /** The erase unit. */
    public static final Option<Long> PAGE_SIZE = Option.size("pageSize")
            .range(64, 65536)
            .defaultRule("from the image, else the device's")
            .describe("size of a page, the erase unit");

    /** How many pages the store uses. */
    public static final Option<Long> PAGE_COUNT = Option.integer("pageCount")
            .unit("pages")
            .range(1, 65535)
            .defaultRule("from the image, else as many as fit")
            .describe("number of pages");

    /** The largest number of pages, which decides how long skip lists are and how many files there are. */
    public static final Option<Long> MAX_PAGE_COUNT = Option.integer("maxPageCount")
            .unit("pages")
            .range(8, 65536)
            .defaultRule("from the image, else 256 or the next power of two that is enough")
            .describe("largest number of pages that the image is laid out for");

    /** The unit of programming. */
    public static final Option<Long> ALIGN = Option.size("align")
            .range(1, 16)
            .defaultRule("from the image, else 4")
            .describe("smallest program unit: 1, 2, 4, 8 or 16");

    /** What erased space reads as. */
    public static final Option<EraseValue> ERASE_VALUE = Option.choice("eraseValue", EraseValue.class)
            .defaultRule("from the image, else the device's, else 255")
            .describe("byte of erased space");

    /** Whether there are checksums. */
    public static final Option<Boolean> CRC =
            Option.flag("crc").defaultRule("from the image, else false").describe("checksums over headers and chunks");

    /** The longest key. */
    public static final Option<Long> MAX_KEY_SIZE = Option.size("maxKeySize")
            .range(1, MOST_LENGTH)
            .defaultRule("from the records, else 64")
            .describe("longest key");

    /** The largest value. */
    public static final Option<Long> MAX_VALUE_SIZE = Option.size("maxValueSize")
            .range(1, MOST_LENGTH)
            .defaultRule("from the records, else 1024")
            .describe("largest value");

    /** How many files a level has. */
    public static final Option<Long> BRANCHING_FACTOR =
            Option.integer("branchingFactor").range(2, 4).byDefault(2L).describe("number of files in a level");

    /** The longest chunk that is written and accepted. */
    public static final Option<Long> MAX_CHUNK_SIZE =
            Option.size("maxChunkSize").range(16, 65536).byDefault(4096L).describe("longest chunk");

    /** Pages kept free in addition to those that compaction needs. */
    public static final Option<Long> SCRATCH_PAGE_COUNT = Option.integer("scratchPageCount")
            .unit("pages")
            .range(0, 65536)
            .byDefault(4L)
            .describe("pages that stay free beyond those that compaction needs");

    /** Where allocation begins. */
    public static final Option<Long> RANDOM_SEED = Option.integer("randomSeed")
            .range(0, 0xffffffffL)
            .byDefault(0L)
            .describe("seed of the first page to allocate");

    /** Whether the keys of a write transaction must ascend, as in the reference implementation. */
    public static final Option<Boolean> STRICT_ORDER =
            Option.flag("strictOrder").describe("refuse keys out of order in a write transaction, as the peer does");

    /** How much memory the cache may take. */
    public static final Option<Long> CACHE_BYTES =
            Option.size("cacheBytes").byDefault(4L << 20).describe("payloads of pages that are kept in memory");

    /** How much memory a transaction may take. */
    public static final Option<Long> TRANSACTION_BYTES = Option.size("transactionBytes")
            .byDefault(1L << 20)
            .describe("changes of a transaction that are kept in memory; more go to free pages until the commit");

    private static final List<Option<?>> ALL = List.of(
            CommonOptions.READ_ONLY,
            PAGE_SIZE,
            PAGE_COUNT,
            MAX_PAGE_COUNT,
            ALIGN,
            ERASE_VALUE,
            CRC,
            MAX_KEY_SIZE,
            MAX_VALUE_SIZE,
            BRANCHING_FACTOR,
            MAX_CHUNK_SIZE,
            SCRATCH_PAGE_COUNT,
            RANDOM_SEED,
            STRICT_ORDER,
            CACHE_BYTES,
            TRANSACTION_BYTES);

    private EkvOptions() {}

    /**
     * Every option.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return ALL;
    }
}
