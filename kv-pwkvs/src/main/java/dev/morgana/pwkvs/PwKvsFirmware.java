package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.ChecksumAlgorithm;
import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Pigweed must be configured with to share an image. It has a default for the copies alone: the magic numbers of entries and
 * the sectors are the firmware's in any case, so they are always said.
 */
final class PwKvsFirmware {
    private static final List<Option<?>> TOLD = List.of(
            PwKvsOptions.SECTOR_SIZE,
            PwKvsOptions.PARTITION_START_SECTOR,
            PwKvsOptions.PARTITION_SECTOR_COUNT,
            PwKvsOptions.ALIGNMENT,
            PwKvsOptions.ERASED_VALUE,
            PwKvsOptions.REDUNDANCY);

    private final Settings settings;

    private PwKvsFirmware(Settings settings) {
        this.settings = settings;
    }

    /** What the properties of an image mean to Pigweed. */
    static FirmwareConfiguration of(StoreInfo info) {
        try {
            return new PwKvsFirmware(settings(info)).configuration();
        } catch (InvalidOptionException e) {
            throw new IllegalArgumentException("no information on an image of pw_kvs: " + info, e);
        }
    }

    private static Settings settings(StoreInfo info) throws InvalidOptionException {
        Options options = Options.none();
        for (Option<?> told : TOLD) {
            options = options.plus(told.name(), String.valueOf(info.properties().get(told.name())));
        }
        for (String format : String.valueOf(info.properties().get(PwKvsOptions.FORMATS.name()))
                .split(", ", -1)) {
            options = options.plus(PwKvsOptions.FORMATS.name(), format);
        }
        return PwKvsOptions.settings(options, info.geometry(), true);
    }

    private FirmwareConfiguration configuration() {
        List<String> words = new ArrayList<>();
        for (EntryFormat format : settings.formats()) {
            words.add("EntryFormat" + initializer(format));
        }
        words.add("sectors of " + settings.sectorSize() + " bytes");
        words.add("alignment_bytes = " + settings.alignment());
        if (settings.erased() == 0) {
            words.add("erased_memory_content = 0x00");
        }
        if (settings.redundancy() > 1) {
            words.add("kRedundancy = " + settings.redundancy());
        }
        return new FirmwareConfiguration(words, Map.of(FirmwareLanguage.CPP, block()));
    }

    private List<String> block() {
        List<String> block = new ArrayList<>();
        block.add("// the flash: sectors of " + settings.sectorSize() + " bytes, "
                + (settings.erased() == 0 ? "0x00" : "0xff") + " where it is erased");
        block.add("pw::kvs::FlashPartition partition(&flash, /*flash_start_sector_index=*/" + settings.firstSector()
                + ", /*flash_sector_count=*/" + settings.sectorCount() + ", /*alignment_bytes=*/" + settings.alignment()
                + ");");
        settings.formats().stream()
                .map(EntryFormat::checksum)
                .distinct()
                .flatMap(checksum -> declaration(checksum).stream())
                .forEach(block::add);
        block.add("constexpr size_t kMaxEntries = 256;  // not on the medium: keys, deleted ones included");
        int formats = settings.formats().size();
        block.add("const std::array<pw::kvs::EntryFormat, " + formats + "> formats = {{");
        settings.formats().forEach(format -> block.add("    " + initializer(format) + ","));
        block.add("}};");
        block.add("pw::kvs::KeyValueStoreBuffer<kMaxEntries, /*kMaxUsableSectors=*/" + settings.sectorCount()
                + ", /*kRedundancy=*/" + settings.redundancy() + ", /*kEntryFormats=*/" + formats
                + "> kvs(&partition, formats);");
        return block;
    }

    /** Pigweed has no class for CRC-32: firmware that uses it has one of its own. */
    private static Optional<String> declaration(ChecksumAlgorithm checksum) {
        return switch (checksum) {
            case CRC16_CCITT -> Optional.of("pw::kvs::ChecksumCrc16 crc16;");
            case CRC32 -> Optional.of("Crc32Checksum crc32;  // the firmware's own pw::kvs::ChecksumAlgorithm");
            case IGNORE -> Optional.of("pw::kvs::IgnoreChecksum ignore_checksum;");
            case NONE -> Optional.empty();
        };
    }

    private static String initializer(EntryFormat format) {
        String checksum = switch (format.checksum()) {
            case CRC16_CCITT -> "&crc16";
            case CRC32 -> "&crc32";
            case NONE -> "nullptr";
            case IGNORE -> "&ignore_checksum";
        };
        return "{.magic = " + String.format("0x%08x", format.magic()) + ", .checksum = " + checksum + "}";
    }
}
