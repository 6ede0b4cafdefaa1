package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.Identification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "identify",
        description = "Tells what images are: format, version, geometry, confidence, evidence.",
        footer = {"", "Example: morgana identify flash.bin@0x10000"})
final class IdentifyVerb extends Verb {
    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "images to look at")
    private List<String> images = List.of();

    @Override
    ExitCode run(Output output) throws Exception {
        Map<String, List<Identification>> found = new LinkedHashMap<>();
        for (String image : images) {
            StoreAddress address = address(image);
            refuseEntry(address);
            found.put(image, morgana().identify(address));
        }
        if (output.isJson()) {
            output.json(json -> write(json, found));
        } else {
            found.forEach((image, identifications) -> print(output, image, identifications));
        }
        return found.values().stream().anyMatch(List::isEmpty) ? ExitCode.DAMAGED : ExitCode.DONE;
    }

    private static void print(Output output, String image, List<Identification> identifications) {
        if (identifications.isEmpty()) {
            output.text().println(image + ": not recognised");
        }
        for (Identification one : identifications) {
            Geometry geometry = one.geometry();
            output.text()
                    .println(image + ": " + output.styled("bold", one.format()) + " " + one.version() + ", "
                            + geometry.blockCount() + " blocks of " + Sizes.of(geometry.blockSize()) + " ("
                            + Sizes.of(geometry.sizeBytes()) + "), " + word(one));
            one.evidence().forEach(evidence -> output.text().println("    " + evidence));
            one.hints().forEach(hint -> output.text().println("    hint: " + hint));
        }
    }

    private static String word(Identification one) {
        return one.confidence().name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonGenerator json, Map<String, List<Identification>> found) throws IOException {
        json.writeStartArray();
        for (Map.Entry<String, List<Identification>> image : found.entrySet()) {
            json.writeStartObject();
            json.writeStringField("image", image.getKey());
            json.writeArrayFieldStart("identifications");
            for (Identification one : image.getValue()) {
                write(json, one);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Identification one) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", one.format());
        json.writeStringField("version", one.version());
        json.writeStringField("confidence", word(one));
        json.writeNumberField("blockSize", one.geometry().blockSize());
        json.writeNumberField("blockCount", one.geometry().blockCount());
        json.writeObjectFieldStart("options");
        for (Map.Entry<String, String> option : one.options().asText().entrySet()) {
            json.writeStringField(option.getKey(), option.getValue());
        }
        json.writeEndObject();
        writeAll(json, "evidence", one.evidence());
        writeAll(json, "hints", one.hints());
        json.writeEndObject();
    }

    private static void writeAll(JsonGenerator json, String field, List<String> phrases) throws IOException {
        json.writeArrayFieldStart(field);
        for (String phrase : phrases) {
            json.writeString(phrase);
        }
        json.writeEndArray();
    }
}
