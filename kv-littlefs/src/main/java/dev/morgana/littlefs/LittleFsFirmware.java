package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the C implementation must be configured with to mount an image. It takes lower limits than its own from the superblock,
 * and refuses higher ones.
 */
final class LittleFsFirmware {
    private static final long USUAL_NAME_MAX = 255;

    private LittleFsFirmware() {}

    /** Empty for the chamelon dialect, which firmware in C does not read. */
    static Optional<FirmwareConfiguration> of(StoreInfo info) {
        String dialect = info.properties().get("dialect");
        if (!Dialect.LITTLEFS.name().toLowerCase(Locale.ROOT).equals(dialect)) {
            return Optional.empty();
        }
        long nameMax = Long.parseLong(limit(info, LittleFsOptions.NAME_MAX));
        List<String> settings = nameMax > USUAL_NAME_MAX ? List.of("LFS_NAME_MAX=" + nameMax) : List.of();
        List<String> block = new ArrayList<>();
        if (nameMax > USUAL_NAME_MAX) {
            block.add("// build with -DLFS_NAME_MAX=" + nameMax);
        }
        block.addAll(List.of(
                "// in struct lfs_config; read_size, prog_size, cache_size, lookahead_size and",
                "// block_cycles are not on the medium: take those of the flash",
                ".block_size = " + info.geometry().blockSize() + ",",
                ".block_count = " + info.geometry().blockCount() + ",",
                ".name_max = " + nameMax + ",",
                ".file_max = " + limit(info, LittleFsOptions.FILE_MAX) + ",",
                ".attr_max = " + limit(info, LittleFsOptions.ATTR_MAX) + ","));
        if (info.version().equals("2.0")) {
            block.add(".disk_version = 0x00020000, // with -DLFS_MULTIVERSION, so that it stays 2.0");
        }
        return Optional.of(new FirmwareConfiguration(settings, Map.of(FirmwareLanguage.C, block)));
    }

    private static String limit(StoreInfo info, Option<?> option) {
        return String.valueOf(info.properties().get(option.name()));
    }
}
