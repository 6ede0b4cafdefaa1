package dev.morgana.cli.verb.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.output.WrappedLine;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code info} shows of an image.
 *
 * @param info the store
 * @param firmware what firmware needs that the reference does not have by itself
 * @param shares where the space goes; none where that is not known
 * @param damage why the space cannot be counted; empty if it can
 */
record ImageInfo(StoreInfo info, List<String> firmware, List<Usage.Share> shares, String damage) {
    /** Columns for promises, beside the longest name of a setting. */
    private static final int PROMISES = 60;

    void print(Output output) {
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

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", info.format());
        json.writeStringField("version", info.version());
        json.writeNumberField("blockSize", info.geometry().blockSize());
        json.writeNumberField("blockCount", info.geometry().blockCount());
        writeLimit(json, "maxNameBytes", info.limits().segmentBytes());
        writeLimit(json, "maxKeyBytes", info.limits().keyBytes());
        writeLimit(json, "maxValueBytes", info.limits().valueBytes());
        Json.texts(json, "promises", capabilities(info).toList());
        Json.texts(json, "firmware", firmware);
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : info.properties().entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        if (!damage.isEmpty()) {
            json.writeStringField("usageError", damage);
        }
        json.writeFieldName("usage");
        Json.list(json, shares, Json::share);
        json.writeEndObject();
    }

    private static void writeLimit(JsonGenerator json, String field, OptionalLong bytes) throws IOException {
        if (bytes.isPresent()) {
            json.writeNumberField(field, bytes.getAsLong());
        }
    }
}
