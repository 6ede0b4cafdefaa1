package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.WriteSettings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The options of littlefs, with the names that the C implementation's configuration has, in camelCase. Those that are on the
 * medium are found there when an existing file system is opened; giving one then is a condition on the image (littlefs page,
 * section 2.1). A wrong value is refused with the native code {@code INVAL}.
 */
public final class LittleFsOptions {
    private static final long UNSIGNED_MAX = 0xffffffffL;

    /**
     * By whose rules the bytes are read: {@code littlefs}, or {@code chamelon} for images of the MirageOS library of that
     * name, which look like littlefs and mean something else. Never guessed.
     */
    public static final Option<LittleFsDialect> DIALECT = Option.choice("dialect", LittleFsDialect.class)
            .byDefault(LittleFsDialect.LITTLEFS)
            .describe("by whose rules to read; chamelon's images look like littlefs and mean something else");

    /** The logical block, at least 128 bytes; a multiple of {@link #CACHE_SIZE}, no power of two needed. */
    public static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(Settings.BLOCK_SIZE_MIN, Settings.BLOCK_SIZE_MAX)
            .defaultRule("from the superblock")
            .describe("size of a block");

    /** The number of blocks; 0 takes what the superblock says, another number must agree with it. */
    public static final Option<Long> BLOCK_COUNT = Option.integer("blockCount")
            .unit("blocks")
            .range(0, UNSIGNED_MAX)
            .byDefault(0L)
            .describe("number of blocks; 0: from the superblock");

    /** Every read of the device has an offset and a length that are multiples of it. Not on the medium. */
    public static final Option<Long> READ_SIZE = Option.size("readSize")
            .range(1, Settings.BLOCK_SIZE_MAX)
            .defaultRule("the device's")
            .describe("unit of reading");

    /**
     * Every program of the device has an offset and a length that are multiples of it. Not on the medium. For chamelon, which
     * writes whole blocks, commits end at multiples of it: 16 unless given.
     */
    public static final Option<Long> PROG_SIZE = Option.size("progSize")
            .range(1, Settings.BLOCK_SIZE_MAX)
            .defaultRule("the device's")
            .describe("unit of programming");

    /** A multiple of {@link #READ_SIZE} and {@link #PROG_SIZE} that divides the block; bounds inline files. Not on the medium. */
    public static final Option<Long> CACHE_SIZE = Option.size("cacheSize")
            .range(1, Settings.BLOCK_SIZE_MAX)
            .defaultRule("the block size")
            .describe("bounds the size of inline files that are written");

    /** Bytes of the allocator's bitmap in the C implementation; accepted for the sake of its configurations. */
    public static final Option<Long> LOOKAHEAD_SIZE = Option.size("lookaheadSize")
            .range(1, Settings.BLOCK_SIZE_MAX)
            .byDefault(16L)
            .describe("accepted for the sake of the C implementation's configurations");

    /** After how many erases, about, a metadata pair moves; -1 never. Not on the medium. */
    public static final Option<Long> BLOCK_CYCLES = Option.integer("blockCycles")
            .unit("erases")
            .range(-1, Integer.MAX_VALUE)
            .byDefault(-1L)
            .describe("erases after which a metadata pair moves; -1: never");

    /** The longest name in bytes; 0 means 255. */
    public static final Option<Long> NAME_MAX = Option.integer("nameMax")
            .unit("bytes")
            .range(0, Settings.NAME_MAX)
            .defaultRule("from the superblock, else 255")
            .describe("longest name; an image with longer ones is refused; 0: 255");

    /** The largest file in bytes; 0 means 2147483647. */
    public static final Option<Long> FILE_MAX = Option.integer("fileMax")
            .unit("bytes")
            .range(0, Settings.FILE_MAX)
            .defaultRule("from the superblock, else 2147483647")
            .describe("largest file; an image with larger ones is refused; 0: 2147483647");

    /** The longest user attribute in bytes; 0 means 1022. */
    public static final Option<Long> ATTR_MAX = Option.integer("attrMax")
            .unit("bytes")
            .range(0, Settings.ATTR_MAX)
            .defaultRule("from the superblock, else 1022")
            .describe("longest attribute; an image with longer ones is refused; 0: 1022");

    /** How much of a metadata block the log may fill; 0 means all of it. Not on the medium. */
    public static final Option<Long> METADATA_MAX = Option.size("metadataMax")
            .range(0, Settings.BLOCK_SIZE_MAX)
            .byDefault(0L)
            .describe("how much of a metadata block is written to; 0: all of it");

    /** The largest file that is kept in its directory; 0 means as large as possible, -1 none. Not on the medium. */
    public static final Option<Long> INLINE_MAX = Option.integer("inlineMax")
            .unit("bytes")
            .range(-1, Settings.ATTR_MAX)
            .byDefault(0L)
            .describe("largest file that is written into its directory; 0: as large as possible; -1: none");

    /** The fill of a metadata block above which garbage collection compacts it; 0 means 7/8, -1 never. */
    public static final Option<Long> COMPACT_THRESH = Option.integer("compactThresh")
            .unit("bytes")
            .range(-1, UNSIGNED_MAX)
            .byDefault(0L)
            .describe("fill of a metadata block above which garbage collection compacts it; 0: 7/8; -1: never");

    /**
     * The newest version to accept, and the one to write. Without it, every version is accepted, an image keeps the one that it
     * has, and a new one gets 2.1. Given as 2.1, it raises an image of version 2.0 with the first change, or by
     * {@link dev.morgana.spi.facet.GarbageCollection}; what knows only 2.0 cannot use it any more.
     */
    public static final Option<DiskVersion> DISK_VERSION = Option.choice("diskVersion", DiskVersion.class)
            .defaultRule("the image's; 2.1 for a new one")
            .describe("newest version to accept, and the one to write: 2.1 raises an image of version 2.0");

    /**
     * Whether files in blocks of their own get a digest of their content, in the same commit, as user attribute {@code 0xdc} of
     * 42 bytes; a deep check compares it, and the C implementation passes
     * over it. Each such file is read once more when it is written. Not on the medium.
     */
    public static final Option<Boolean> DIGESTS = Option.flag("digests")
            .describe("keep a digest beside each file in blocks of its own; check --deep compares it");
    /** How much memory decoded metadata may take; everything works without, more slowly. */
    public static final Option<Long> METADATA_CACHE_BYTES = Option.size("metadataCacheBytes")
            .byDefault(16L * 1024 * 1024)
            .describe("memory for decoded metadata; everything works without, with more reads");

    private static final List<Option<?>> ALL = List.of(
            CommonOptions.READ_ONLY,
            CommonOptions.SEED,
            CommonOptions.CLOCK,
            DIALECT,
            BLOCK_SIZE,
            BLOCK_COUNT,
            READ_SIZE,
            PROG_SIZE,
            CACHE_SIZE,
            LOOKAHEAD_SIZE,
            BLOCK_CYCLES,
            NAME_MAX,
            FILE_MAX,
            ATTR_MAX,
            METADATA_MAX,
            INLINE_MAX,
            COMPACT_THRESH,
            DISK_VERSION,
            DIGESTS,
            METADATA_CACHE_BYTES);

    private static final long DEFAULT_NAME_MAX = 255;

    /** What chamelon formats with. */
    private static final long CHAMELON_NAME_MAX = 32;

    private LittleFsOptions() {}

    /**
     * Every option of littlefs.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return ALL;
    }

    /** Checks all options that can be checked without a block size, and reads those that count for reading. */
    static Settings settings(Options options) throws InvalidOptionException {
        try {
            options.check(ALL);
            SizeRules.of(options).check();
            return new Settings(
                    Dialect.valueOf(options.get(DIALECT).name()),
                    options.optional(BLOCK_SIZE).orElse(0L),
                    options.get(BLOCK_COUNT),
                    options.optional(READ_SIZE).orElse(0L).intValue(),
                    options.optional(PROG_SIZE).orElse(0L).intValue(),
                    limit(options, NAME_MAX, DEFAULT_NAME_MAX, Settings.NAME_MAX),
                    limit(options, FILE_MAX, Settings.FILE_MAX, Settings.FILE_MAX),
                    limit(options, ATTR_MAX, Settings.ATTR_MAX, Settings.ATTR_MAX),
                    options.optional(DISK_VERSION).orElse(DiskVersion.V2_1).minor(),
                    options.optional(DISK_VERSION).isPresent(),
                    options.get(METADATA_CACHE_BYTES),
                    writing(options));
        } catch (InvalidOptionException e) {
            throw PeerError.INVAL.on(e);
        }
    }

    /** As {@link #settings}, for a file system to be made: limits that are not given are the C implementation's defaults. */
    static Settings formatSettings(Options options) throws InvalidOptionException {
        Options complete = options;
        if (options.get(DIALECT) == LittleFsDialect.CHAMELON) {
            complete = chamelonFormat(options);
        }
        for (Option<Long> limit : List.of(NAME_MAX, FILE_MAX, ATTR_MAX)) {
            complete = complete.optional(limit).isPresent() ? complete : complete.with(limit, 0L);
        }
        return settings(complete);
    }

    /** Chamelon knows version 2.0, and names of 32 bytes unless the superblock says otherwise. */
    private static Options chamelonFormat(Options options) throws InvalidOptionException {
        if (options.optional(DISK_VERSION).orElse(DiskVersion.V2_0) != DiskVersion.V2_0) {
            throw PeerError.INVAL.on(
                    new InvalidOptionException(DISK_VERSION.name(), "chamelon knows version 2.0 only"));
        }
        Options older = options.with(DISK_VERSION, DiskVersion.V2_0);
        return options.optional(NAME_MAX).isPresent() ? older : older.with(NAME_MAX, CHAMELON_NAME_MAX);
    }

    /** Where the times of values come from. */
    static InstantSource clock(Options options) throws InvalidOptionException {
        return options.optional(CommonOptions.CLOCK).orElse(() -> Instant.EPOCH);
    }

    private static WriteSettings writing(Options options) throws InvalidOptionException {
        return new WriteSettings(
                options.optional(CACHE_SIZE).orElse(0L),
                options.get(BLOCK_CYCLES),
                options.get(METADATA_MAX),
                options.get(INLINE_MAX),
                options.get(COMPACT_THRESH),
                options.get(CommonOptions.SEED),
                options.get(DIGESTS));
    }

    /** Without the option every image is welcome; 0 stands for the C implementation's default. */
    private static long limit(Options options, Option<Long> option, long byDefault, long formatMax)
            throws InvalidOptionException {
        long given = options.optional(option).orElse(formatMax);
        return given == 0 ? byDefault : given;
    }
}
