package dev.morgana.cli.verb.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.SpaceJson;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.output.WrappedLine;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "info",
        description = "Tells of an image: format, settings, limits, and where the space goes.",
        footer = {"", "Examples: morgana info image.bin", "          morgana info --firmware rust image.bin"})
final class InfoVerb extends Verb {
    /** Columns for promises, beside the longest name of a setting. */
    private static final int PROMISES = 60;

    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(
            names = "--firmware",
            paramLabel = "LANGUAGE",
            description = "print what to paste into firmware that shares the image: rust, c or cpp")
    private String language = "";

    /** Why the space cannot be counted; empty if it can. */
    private String damage = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        Optional<StoreInfo> layered =
                address.storeLayers().isEmpty() ? Optional.empty() : Optional.of(throughLayers(address));
        try (Inspection inspection = session().inspectReadOnly(address)) {
            Optional<StoreInfo> own = inspection.info();
            StoreInfo info = layered.or(() -> own)
                    .orElseThrow(() -> new UsageException(
                            address.medium() + " is too damaged for its settings to be read; see check and dump"));
            Optional<FirmwareConfiguration> firmware =
                    own.flatMap(session().morgana().format(info.format())::firmware);
            if (!language.isEmpty()) {
                printBlock(output, info.format(), firmware);
                return ExitCode.DONE;
            }
            List<String> needed = firmware.map(FirmwareConfiguration::settings).orElse(List.of());
            List<Usage.Share> shares = shares(inspection);
            if (output.isJson()) {
                output.json(json -> write(json, info, needed, shares));
            } else {
                print(output, info, needed, shares);
            }
        }
        return ExitCode.DONE;
    }

    private void printBlock(Output output, String format, Optional<FirmwareConfiguration> firmware) throws Exception {
        Map<FirmwareLanguage, List<String>> blocks =
                firmware.map(FirmwareConfiguration::blocks).orElse(Map.of());
        Optional<List<String>> block = blocks.entrySet().stream()
                .filter(each -> word(each.getKey()).equals(language.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
        String languages = blocks.keySet().stream().map(InfoVerb::word).sorted().collect(Collectors.joining(", "));
        List<String> lines = block.orElseThrow(() -> new UsageException("--firmware " + language + ": " + format
                + (languages.isEmpty() ? " has nothing to paste" : " has its configuration in " + languages)));
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartArray();
                for (String line : lines) {
                    json.writeString(line);
                }
                json.writeEndArray();
            });
        } else {
            lines.forEach(output.text()::println);
        }
    }

    private static String word(FirmwareLanguage known) {
        return known.name().toLowerCase(Locale.ROOT);
    }

    /** What the image is with the layers over it, such as the limits of its values once they are encrypted. */
    private StoreInfo throughLayers(StoreAddress address) throws StoreException {
        try (Store store = session().openStoreReadOnly(address)) {
            return store.info();
        }
    }

    /** A damaged image still has settings to show; that its space cannot be counted is what check tells. */
    private List<Usage.Share> shares(Inspection inspection) throws StoreException {
        Optional<Usage> usage = inspection.facet(Usage.class);
        try {
            return usage.isPresent() ? usage.get().usage() : List.of();
        } catch (CorruptStoreException e) {
            damage = String.valueOf(e.getMessage());
            return List.of();
        }
    }

    private void print(Output output, StoreInfo info, List<String> firmware, List<Usage.Share> shares) {
        Table settings = new Table("<<");
        Geometry geometry = info.geometry();
        settings.row("format", (info.format() + " " + info.version()).strip());
        settings.row(
                "geometry",
                geometry.blockCount() + " blocks of " + Sizes.of(geometry.blockSize()) + ", "
                        + Sizes.of(geometry.sizeBytes()) + " in all");
        limit(settings, "longest name", info.limits().segmentBytes());
        limit(settings, "longest key", info.limits().keyBytes());
        limit(settings, "largest value", info.limits().valueBytes());
        list(settings, "promises", capabilities(info).toList());
        list(settings, "firmware needs", firmware);
        info.properties().forEach(settings::row);
        settings.print(output.text());
        if (!damage.isEmpty()) {
            output.text().println();
            output.text().println("space cannot be counted: " + damage);
        }
        if (!shares.isEmpty()) {
            output.text().println();
            Table usage = new Table("<>>>");
            usage.row("space", "blocks", "size", "items");
            for (Usage.Share share : shares) {
                usage.row(
                        share.kind(),
                        String.valueOf(share.blocks()),
                        Sizes.of(share.bytes()),
                        String.valueOf(share.items()));
            }
            usage.print(output.text());
        }
    }

    private static void list(Table table, String name, List<String> parts) {
        String first = name;
        for (String line : parts.isEmpty() ? List.<String>of() : WrappedLine.of(parts, ", ", PROMISES)) {
            table.row(first, line);
            first = "";
        }
    }

    private static void limit(Table table, String name, OptionalLong bytes) {
        bytes.ifPresent(limit -> table.row(name, limit + " bytes"));
    }

    private static java.util.stream.Stream<String> capabilities(StoreInfo info) {
        return info.capabilities().stream()
                .sorted()
                .map(Capability::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private void write(JsonGenerator json, StoreInfo info, List<String> firmware, List<Usage.Share> shares)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("format", info.format());
        json.writeStringField("version", info.version());
        json.writeNumberField("blockSize", info.geometry().blockSize());
        json.writeNumberField("blockCount", info.geometry().blockCount());
        writeLimit(json, "maxNameBytes", info.limits().segmentBytes());
        writeLimit(json, "maxKeyBytes", info.limits().keyBytes());
        writeLimit(json, "maxValueBytes", info.limits().valueBytes());
        json.writeArrayFieldStart("promises");
        for (String capability : capabilities(info).toList()) {
            json.writeString(capability);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("firmware");
        for (String setting : firmware) {
            json.writeString(setting);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : info.properties().entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        if (!damage.isEmpty()) {
            json.writeStringField("usageError", damage);
        }
        json.writeFieldName("usage");
        SpaceJson.write(json, shares);
        json.writeEndObject();
    }

    private static void writeLimit(JsonGenerator json, String field, OptionalLong bytes) throws IOException {
        if (bytes.isPresent()) {
            json.writeNumberField(field, bytes.getAsLong());
        }
    }
}
