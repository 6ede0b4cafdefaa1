package dev.morgana.cli.verb.maintenance;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.image.Session;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.provider.Inspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = "Shows the structures on the medium, decoded, each with its offset.",
        footer = {"", "Example: morgana dump image.bin 0 1"})
final class DumpVerb extends Verb {
    @Mixin
    private final WholeImage image = new WholeImage();

    @Parameters(index = "1..*", paramLabel = "BLOCK", description = "blocks to show; all by default")
    private List<String> blocks = List.of();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        Set<Long> numbers = numbers();
        LongPredicate wanted = numbers.isEmpty() ? block -> true : numbers::contains;
        try (Inspection inspection = session().inspectReadOnly(address)) {
            checkRange(numbers, inspection);
            Dump dump = facet(inspection, Dump.class, "has no dump");
            if (output.isJson()) {
                output.json(json -> {
                    json.writeStartArray();
                    dump.dump(wanted, structure -> write(json, structure));
                    json.writeEndArray();
                });
            } else {
                DumpText text = new DumpText(output);
                dump.dump(wanted, text::add);
                text.finish();
            }
        }
        return ExitCode.DONE;
    }

    /** Blocks that the image does not have; how many it has is not known of every damaged image. */
    private static void checkRange(Set<Long> numbers, Inspection inspection) throws UsageException {
        long count = Session.infoIfReadable(inspection)
                .map(info -> info.geometry().blockCount())
                .orElse(Long.MAX_VALUE);
        for (long number : numbers) {
            if (number >= count) {
                throw new UsageException("there is no block " + number + "; the image has blocks 0 to " + (count - 1));
            }
        }
    }

    private Set<Long> numbers() throws UsageException {
        Set<Long> numbers = new HashSet<>();
        for (String block : blocks) {
            Long number = Quantity.parseInteger(block);
            if (number == null || number < 0) {
                throw new UsageException("'" + block + "' is not a block number; give 0, 1, 0x10, ...");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static void write(JsonGenerator json, Dump.Structure structure) {
        try {
            json.writeStartObject();
            Json.position(json, structure.position());
            json.writeNumberField("length", structure.length());
            json.writeNumberField("depth", structure.depth());
            json.writeBooleanField("valid", structure.valid());
            json.writeObjectFieldStart("fields");
            for (Map.Entry<String, String> field : structure.fields().entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
