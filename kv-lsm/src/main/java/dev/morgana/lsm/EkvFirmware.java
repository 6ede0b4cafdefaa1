package dev.morgana.lsm;

import dev.morgana.spi.option.Option;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the crates must be built with to share an image: a feature, variables of the build, and for files two numbers of a type. */
final class EkvFirmware {
    private static final String CRC_FEATURE = "features = [\"crc\"]";

    /** What the crate takes from a variable of its build, with its default (ekv page, section 2). */
    private static final Map<Option<?>, Integer> VARIABLES = variables();

    private EkvFirmware() {}

    private static Map<Option<?>, Integer> variables() {
        Map<Option<?>, Integer> variables = new LinkedHashMap<>();
        variables.put(EkvOptions.PAGE_SIZE, 4096);
        variables.put(EkvOptions.MAX_PAGE_COUNT, 256);
        variables.put(EkvOptions.ALIGN, 4);
        variables.put(EkvOptions.ERASE_VALUE, 255);
        variables.put(EkvOptions.MAX_KEY_SIZE, 64);
        variables.put(EkvOptions.MAX_VALUE_SIZE, 1024);
        variables.put(EkvOptions.BRANCHING_FACTOR, 2);
        variables.put(EkvOptions.MAX_CHUNK_SIZE, 4096);
        variables.put(EkvOptions.SCRATCH_PAGE_COUNT, 4);
        return variables;
    }

    /** For a database alone. */
    static FirmwareConfiguration ofDatabase(StoreInfo info) {
        return configuration(settings(info), dependency(info), List.of(), info);
    }

    /** For files. The crate has no default for the numbers of its type: 104 is what it documents as the most, 512 its example. */
    static FirmwareConfiguration ofFiles(StoreInfo info) {
        String type = "EkvFs<_, _, " + value(info, EkvFsOptions.MAX_PATH_LEN) + ", "
                + value(info, EkvFsOptions.CHUNK_SIZE) + ">";
        List<String> settings = new ArrayList<>(settings(info));
        settings.add(type);
        return configuration(
                settings,
                dependency(info) + "\nekv-fs = \"0.2\"",
                List.of(
                        "",
                        "// where the files are opened",
                        "let fs = " + type.replace("EkvFs<", "EkvFs::<") + "::new(&db);"),
                info);
    }

    private static FirmwareConfiguration configuration(
            List<String> settings, String dependencies, List<String> source, StoreInfo info) {
        List<String> block = new ArrayList<>(List.of("# Cargo.toml", "[dependencies]"));
        block.addAll(dependencies.lines().toList());
        block.addAll(List.of("", "# .cargo/config.toml", "[env]"));
        VARIABLES.keySet().forEach(option -> block.add(variable(option) + " = \"" + value(info, option) + "\""));
        block.addAll(source);
        return new FirmwareConfiguration(settings, Map.of(FirmwareLanguage.RUST, block));
    }

    private static List<String> settings(StoreInfo info) {
        List<String> settings = new ArrayList<>();
        if (hasCrc(info)) {
            settings.add(CRC_FEATURE);
        }
        VARIABLES.forEach((option, usual) -> {
            if (!value(info, option).equals(usual.toString())) {
                settings.add(variable(option) + "=" + value(info, option));
            }
        });
        return settings;
    }

    private static String dependency(StoreInfo info) {
        return "ekv = " + (hasCrc(info) ? "{ version = \"1\", " + CRC_FEATURE + " }" : "\"1\"");
    }

    private static boolean hasCrc(StoreInfo info) {
        return Boolean.parseBoolean(value(info, EkvOptions.CRC));
    }

    private static String variable(Option<?> option) {
        return "EKV_" + option.name().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static String value(StoreInfo info, Option<?> option) {
        return String.valueOf(info.properties().get(option.name()));
    }
}
