package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "info",
        description = "Tells of an image: format, settings, limits, and where the space goes.",
        footer = {"", "Example: morgana info image.bin"})
final class InfoVerb extends Verb {
    /** Columns for promises, beside the longest name of a setting. */
    private static final int PROMISES = 60;

    @Parameters(paramLabel = "IMAGE", description = "the image")
    private String image = "";

    /** Why the space cannot be counted; empty if it can. */
    private String damage = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        refuseEntry(address);
        Optional<StoreInfo> layered =
                address.storeLayers().isEmpty() ? Optional.empty() : Optional.of(throughLayers(address));
        try (Inspection inspection = inspectReadOnly(address)) {
            StoreInfo info = layered.or(inspection::info)
                    .orElseThrow(() -> new UsageException(
                            address.medium() + " is too damaged to tell its settings; see check and dump"));
            List<Usage.Share> shares = shares(inspection);
            if (output.isJson()) {
                output.json(json -> write(json, info, shares));
            } else {
                print(output, info, shares);
            }
        }
        return ExitCode.DONE;
    }

    /** What the image is with the layers over it, such as the limits of its values once they are encrypted. */
    private StoreInfo throughLayers(StoreAddress address) throws StoreException {
        try (Store store = openStoreReadOnly(address)) {
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

    private void print(Output output, StoreInfo info, List<Usage.Share> shares) {
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
        String name = "promises";
        for (String line : WrappedLine.of(capabilities(info).toList(), ", ", PROMISES)) {
            settings.row(name, line);
            name = "";
        }
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

    private static void limit(Table table, String name, OptionalLong bytes) {
        bytes.ifPresent(limit -> table.row(name, limit + " bytes"));
    }

    private static java.util.stream.Stream<String> capabilities(StoreInfo info) {
        return info.capabilities().stream()
                .sorted()
                .map(Capability::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private void write(JsonGenerator json, StoreInfo info, List<Usage.Share> shares) throws IOException {
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
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : info.properties().entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        if (!damage.isEmpty()) {
            json.writeStringField("usageError", damage);
        }
        json.writeFieldName("usage");
        Shares.write(json, shares);
        json.writeEndObject();
    }

    private static void writeLimit(JsonGenerator json, String field, OptionalLong bytes) throws IOException {
        if (bytes.isPresent()) {
            json.writeNumberField(field, bytes.getAsLong());
        }
    }
}
