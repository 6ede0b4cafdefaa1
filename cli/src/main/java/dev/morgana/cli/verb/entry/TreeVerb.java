package dev.morgana.cli.verb.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "tree",
        description = "Draws a dictionary and everything below it.",
        footer = {"", "Example: morgana tree image.bin"})
final class TreeVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "what to draw")
    private String image = "";

    private final DamageList damaged = new DamageList();
    private long dictionaries;
    private long values;
    private long bytes;

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        try (ReadableStore store = session().openReadOnly(address)) {
            if (output.isJson()) {
                output.json(json -> write(json, store, key));
            } else {
                output.text().println(output.styled("bold,blue", key.toString()));
                print(output, store, key, "");
                output.text().println();
                output.text()
                        .println(Counts.of(dictionaries, "dictionary", "dictionaries") + ", "
                                + Counts.of(values, "value") + ", " + Sizes.of(bytes));
            }
        }
        return damaged.report(session().console());
    }

    private void print(Output output, ReadableStore store, Key dictionary, String indent) throws IOException {
        Listing.visit(store, dictionary, damaged, (entry, last) -> {
            EntryLine line = EntryLine.of(store, entry);
            output.text().println(indent + (last ? "└── " : "├── ") + label(output, line));
            if (line.isDictionary()) {
                dictionaries++;
                print(output, store, line.key(), indent + (last ? "    " : "│   "));
            } else {
                values++;
                bytes += line.size().orElse(0);
            }
        });
    }

    private static String label(Output output, EntryLine line) {
        return line.isDictionary()
                ? output.styled("bold,blue", line.name())
                : line.name() + "  " + Sizes.of(line.size().orElse(0));
    }

    private void write(JsonGenerator json, ReadableStore store, Key dictionary) throws IOException {
        json.writeStartArray();
        Listing.visit(store, dictionary, damaged, (entry, last) -> {
            EntryLine line = EntryLine.of(store, entry);
            json.writeStartObject();
            line.write(json);
            if (line.isDictionary()) {
                json.writeFieldName("children");
                write(json, store, line.key());
            }
            json.writeEndObject();
        });
        json.writeEndArray();
    }
}
