package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.ChecksumAlgorithm;
import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Rules;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of pw_kvs, with Pigweed's names (pw_kvs page, section 22). Nothing of them is on the medium: whoever opens an
 * image has to know them, or lets them be inferred from the content. A wrong value is refused with the native code
 * {@code INVALID_ARGUMENT}.
 */
public final class PwKvsOptions {
    private static final int ALIGNMENT_MAX = 256;
    private static final Pattern FORMAT = Pattern.compile("0x([0-9a-fA-F]{1,8})(?::([a-z0-9-]+))?");

    /** The erase unit, at most 65534 bytes. */
    public static final Option<Long> SECTOR_SIZE = Option.size("sectorSize")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("inferred from the content, else the device's block size")
            .describe("size of a sector");

    /** The sectors of the device. */
    public static final Option<Long> SECTOR_COUNT = Option.integer("sectorCount")
            .unit("sectors")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("all that the device has")
            .describe("number of sectors of the device");

    /** The unit of programming of the device. */
    public static final Option<Long> FLASH_ALIGNMENT = Option.size("flashAlignment")
            .range(1, ALIGNMENT_MAX)
            .defaultRule("the device's")
            .describe("unit of programming of the device");

    /** The alignment of entries, at least {@link #FLASH_ALIGNMENT}: 1, 2, 4, 8 or a multiple of 16 up to 256. */
    public static final Option<Long> ALIGNMENT = Option.size("alignment")
            .range(1, ALIGNMENT_MAX)
            .defaultRule("16, or flashAlignment if that is more")
            .describe("alignment of entries");

    /** What an erased byte reads as. */
    public static final Option<ErasedValue> ERASED_VALUE = Option.choice("erasedValue", ErasedValue.class)
            .byDefault(ErasedValue.ONES)
            .describe("what an erased byte reads as");

    /** Where the partition begins on the device. */
    public static final Option<Long> PARTITION_START_SECTOR = Option.integer("partitionStartSector")
            .unit("sectors")
            .range(0, Integer.MAX_VALUE)
            .byDefault(0L)
            .describe("first sector of the partition");

    /** How many sectors the partition has. */
    public static final Option<Long> PARTITION_SECTOR_COUNT = Option.integer("partitionSectorCount")
            .unit("sectors")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("the rest of the device")
            .describe("sectors of the partition");

    /**
     * What entries may look like: a magic number and its checksum, {@code 0xc40fd8a8:crc16-ccitt}; may be repeated, and the
     * first is written. Checksums: {@code crc16-ccitt} (also if none is named), {@code crc32}, {@code none}, {@code ignore}.
     */
    public static final Option<String> FORMATS = Option.text("formats")
            .defaultRule("inferred from the content; a new store gets 0xc40fd8a8:crc16-ccitt")
            .describe("magic:checksum of entries, the first is written; may be repeated");

    /** How many copies of each entry there are. */
    public static final Option<Long> REDUNDANCY = Option.integer("redundancy")
            .unit("copies")
            .range(1, Integer.MAX_VALUE)
            .byDefault(1L)
            .describe("copies of each entry");

    /** How many keys there may be, deleted ones included. */
    public static final Option<Long> MAX_ENTRIES = Option.integer("maxEntries")
            .unit("keys")
            .range(1, Integer.MAX_VALUE)
            .byDefault((long) Integer.MAX_VALUE)
            .describe("limit of keys, deleted ones included");

    /** What a write may collect when there is no space. */
    public static final Option<GcOnWrite> GC_ON_WRITE = Option.choice("gcOnWrite", GcOnWrite.class)
            .byDefault(GcOnWrite.AS_MANY_SECTORS_NEEDED)
            .describe("what a write may collect when there is no space");

    /**
     * What opening for writing does about damage; opening for reading leaves everything as it is. Without it
     * {@link PwKvs#open} repairs, as Pigweed does, and a store that is opened by its address refuses, since repairing with
     * wrong options would destroy what is intact.
     */
    public static final Option<Recovery> RECOVERY = Option.choice("recovery", Recovery.class)
            .defaultRule("manual by an address, lazy in programs that use PwKvs")
            .describe("what opening for writing does about damage: lazy repairs it, manual refuses to open");

    /** Whether whole values are verified when read. */
    public static final Option<Boolean> VERIFY_ON_READ =
            Option.flag("verifyOnRead").byDefault(true).describe("verify values when they are read");

    /** Whether entries are verified when written. */
    public static final Option<Boolean> VERIFY_ON_WRITE =
            Option.flag("verifyOnWrite").byDefault(true).describe("verify entries when they are written");

    private static final List<Option<?>> ALL = List.of(
            CommonOptions.READ_ONLY,
            SECTOR_SIZE,
            SECTOR_COUNT,
            FLASH_ALIGNMENT,
            ALIGNMENT,
            ERASED_VALUE,
            PARTITION_START_SECTOR,
            PARTITION_SECTOR_COUNT,
            FORMATS,
            REDUNDANCY,
            MAX_ENTRIES,
            GC_ON_WRITE,
            RECOVERY,
            VERIFY_ON_READ,
            VERIFY_ON_WRITE);

    private static final EntryFormat DEFAULT_FORMAT = new EntryFormat(0xc40fd8a8, ChecksumAlgorithm.CRC16_CCITT);

    private PwKvsOptions() {}

    /**
     * Every option of pw_kvs.
     *
     * @return the declarations, in the order in which people should see them
     */
    public static List<Option<?>> all() {
        return ALL;
    }

    /** What the store is opened with, on a device of a geometry. */
    static Settings settings(Options options, Geometry device, boolean readOnly) throws InvalidOptionException {
        try {
            options.check(ALL);
            return checked(read(options, device, readOnly), options);
        } catch (InvalidOptionException e) {
            throw e.nativeCode().isPresent() ? e : PeerStatus.INVALID_ARGUMENT.on(e);
        }
    }

    /** The size of the unit of programming. */
    static int flashAlignment(Options options, Geometry device) throws InvalidOptionException {
        return options.optional(FLASH_ALIGNMENT).map(Long::intValue).orElse(device.programSize());
    }

    private static Settings read(Options options, Geometry device, boolean readOnly) throws InvalidOptionException {
        int sectorSize = options.optional(SECTOR_SIZE).map(Long::intValue).orElse(device.blockSize());
        long present = device.sizeBytes() / sectorSize;
        long count = options.optional(SECTOR_COUNT).orElse(present);
        require(SECTOR_COUNT, count <= present, "the device has only " + present + " of " + sectorSize + " bytes");
        long first = options.get(PARTITION_START_SECTOR);
        require(PARTITION_START_SECTOR, first < count, "is behind the last of " + count);
        long partition = options.optional(PARTITION_SECTOR_COUNT).orElse(count - first);
        require(PARTITION_SECTOR_COUNT, partition <= count - first, "only " + (count - first) + " are there");
        require(SECTOR_COUNT, partition <= Integer.MAX_VALUE, partition + " are too many");
        int flash = flashAlignment(options, device);
        int alignment = options.optional(ALIGNMENT).map(Long::intValue).orElse(16);
        return new Settings(
                sectorSize,
                (int) partition,
                (int) first,
                Math.max(alignment, flash),
                (byte) (options.get(ERASED_VALUE) == ErasedValue.ONES ? 0xff : 0),
                formats(options),
                options.get(REDUNDANCY).intValue(),
                options.get(MAX_ENTRIES).intValue(),
                gcOnWrite(options),
                readOnly ? Settings.Recovery.MANUAL : recovery(options),
                options.get(VERIFY_ON_READ),
                options.get(VERIFY_ON_WRITE),
                readOnly,
                Rules.PRODUCT);
    }

    private static Settings.GcOnWrite gcOnWrite(Options options) throws InvalidOptionException {
        return Settings.GcOnWrite.valueOf(options.get(GC_ON_WRITE).name());
    }

    private static Settings.Recovery recovery(Options options) throws InvalidOptionException {
        return Settings.Recovery.valueOf(
                options.optional(RECOVERY).orElse(Recovery.LAZY).name());
    }

    private static List<EntryFormat> formats(Options options) throws InvalidOptionException {
        List<EntryFormat> formats = new ArrayList<>();
        for (String text : options.all(FORMATS)) {
            Matcher matcher = FORMAT.matcher(text);
            require(FORMATS, matcher.matches(), "'" + text + "' is not like " + DEFAULT_FORMAT);
            String word = matcher.group(2) == null ? ChecksumAlgorithm.CRC16_CCITT.word() : matcher.group(2);
            ChecksumAlgorithm checksum = ChecksumAlgorithm.of(word)
                    .orElseThrow(() -> new InvalidOptionException(FORMATS.name(), "no checksum is called " + word));
            formats.add(new EntryFormat(Integer.parseUnsignedInt(matcher.group(1), 16), checksum));
        }
        return formats.isEmpty() ? List.of(DEFAULT_FORMAT) : List.copyOf(formats);
    }

    private static Settings checked(Settings settings, Options options) throws InvalidOptionException {
        int alignment = settings.alignment();
        require(
                ALIGNMENT,
                alignment % 16 == 0 || (alignment < 16 && Integer.bitCount(alignment) == 1),
                alignment + " is neither 1, 2, 4, 8 nor a multiple of 16");
        int flash = options.optional(FLASH_ALIGNMENT).map(Long::intValue).orElse(1);
        require(ALIGNMENT, alignment % flash == 0, alignment + " is not a multiple of flashAlignment, " + flash);
        int unit = EntryImage.entryAlignment(alignment);
        require(
                SECTOR_SIZE,
                settings.sectorSize() % unit == 0,
                settings.sectorSize() + " is not a multiple of the alignment of entries, " + unit);
        int erased = Byte.toUnsignedInt(settings.erased()) * 0x01010101;
        for (EntryFormat format : settings.formats()) {
            require(FORMATS, format.magic() != erased, format + " looks like erased flash");
        }
        return settings;
    }

    private static void require(Option<?> option, boolean right, String reason) throws InvalidOptionException {
        if (!right) {
            throw new InvalidOptionException(option.name(), reason);
        }
    }
}
