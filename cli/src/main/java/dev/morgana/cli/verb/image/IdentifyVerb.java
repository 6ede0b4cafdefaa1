package dev.morgana.cli.verb.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.FileWindow;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ErrorMessage;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Identification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "identify",
        description = "Tells what images are: format, version, geometry, confidence, evidence.",
        footer = {"", "Examples: morgana identify flash.bin@0x10000", "          morgana identify --scan dump.bin"})
final class IdentifyVerb extends Verb {
    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "images to look at")
    private List<String> images = List.of();

    @Option(names = "--scan", description = "look for images within each file, at every multiple of 4 KiB")
    private boolean scan;

    @Override
    protected ExitCode run(Output output) throws Exception {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (String image : images) {
            if (scan) {
                answers.putAll(scanned(image));
            } else {
                answers.put(image, answer(image));
            }
        }
        if (output.isJson()) {
            output.jsonList(answers.entrySet(), IdentifyVerb::write);
        } else {
            answers.forEach((image, answer) -> print(output, image, answer));
        }
        return answers.values().stream().map(Answer::code).reduce(ExitCode.DONE, ExitCode::worse);
    }

    /** One image that cannot be opened does not keep the others from being looked at. */
    private Answer answer(String image) {
        try {
            StoreAddress address = session().address(image);
            Entries.refuse(address);
            List<Identification> found = session().morgana().at(address).identify();
            long trailing = found.isEmpty()
                    ? 0
                    : FileWindow.trailingBytes(address, found.get(0).geometry());
            return new Answer(found, trailing, "", found.isEmpty() ? ExitCode.DAMAGED : ExitCode.DONE);
        } catch (StoreException | UsageException | RuntimeException e) {
            return failed(image, e);
        }
    }

    /** The answers by the addresses of what was found. */
    private Map<String, Answer> scanned(String image) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        try {
            StoreAddress address = session().address(image);
            Entries.refuse(address);
            String file = address.part();
            ImageScan.of(session().morgana(), address)
                    .run()
                    .forEach((offset, found) -> answers.put(
                            file + "@0x" + Long.toHexString(offset) + "+"
                                    + found.get(0).geometry().sizeBytes(),
                            new Answer(found, 0, "", ExitCode.DONE)));
        } catch (IOException | UsageException | RuntimeException e) {
            return Map.of(image, failed(image, e));
        }
        return answers.isEmpty() ? Map.of(image, new Answer(List.of(), 0, "", ExitCode.DAMAGED)) : answers;
    }

    private static Answer failed(String image, Exception e) {
        ErrorMessage error = ErrorMessage.of(e);
        boolean named = error.message().contains(image);
        return new Answer(List.of(), 0, (named ? "" : image + ": ") + error.message(), error.code());
    }

    /** What was found and how many bytes follow it, or why nothing could be. */
    private record Answer(List<Identification> found, long trailing, String error, ExitCode code) {}

    private static void print(Output output, String image, Answer answer) {
        if (answer.found().isEmpty()) {
            output.text().println(answer.error().isEmpty() ? image + ": not recognised" : answer.error());
        }
        for (Identification one : answer.found()) {
            Geometry geometry = one.geometry();
            output.text()
                    .println(image + ": " + output.styled("bold", one.format())
                            + (one.version().isEmpty() ? "" : " " + one.version()) + ", "
                            + geometry.blockCount() + " blocks of " + Sizes.of(geometry.blockSize()) + " ("
                            + Sizes.of(geometry.sizeBytes()) + "), " + word(one));
            one.evidence().forEach(evidence -> output.text().println("    " + evidence));
            if (answer.trailing() > 0) {
                output.text().println("    " + Counts.of(answer.trailing(), "byte") + " after the image");
            }
            one.hints().forEach(hint -> output.text().println("    hint: " + hint));
        }
    }

    private static String word(Identification one) {
        return one.confidence().name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonGenerator json, Map.Entry<String, Answer> image) throws IOException {
        Answer answer = image.getValue();
        json.writeStringField("image", image.getKey());
        if (!answer.error().isEmpty()) {
            json.writeStringField("error", answer.error());
        }
        if (answer.trailing() > 0) {
            json.writeNumberField("bytesBehind", answer.trailing());
        }
        json.writeFieldName("identifications");
        Json.list(json, answer.found(), IdentifyVerb::write);
    }

    private static void write(JsonGenerator json, Identification one) throws IOException {
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
        Json.texts(json, "evidence", one.evidence());
        Json.texts(json, "hints", one.hints());
    }
}
