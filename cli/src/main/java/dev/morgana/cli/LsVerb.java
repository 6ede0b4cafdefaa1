package dev.morgana.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        aliases = "list",
        description = "Lists a dictionary, or one value.",
        footer = {"", "Example: morgana ls -l image.bin:/etc"})
final class LsVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "what to list")
    private String image = "";

    @Option(names = "-l", description = "with size and time")
    private boolean details;

    @Option(names = "-R", description = "with everything below")
    private boolean recursive;

    private final DamageList damaged = new DamageList();

    /** Takes the entries of a listing one by one, so that none is too long. */
    @FunctionalInterface
    private interface EntrySink {
        void accept(Entry entry) throws IOException;
    }

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        Key key = entry(address);
        try (ReadableStore store = openReadOnly(address)) {
            if (output.isJson()) {
                output.json(json -> writeJson(json, store, key));
            } else {
                list(store, key, entry -> print(output, key, EntryLine.of(store, entry)));
            }
        }
        return damaged.report(console());
    }

    private void list(ReadableStore store, Key key, EntrySink sink) throws IOException {
        Kind kind = store.kind(key).orElseThrow(() -> new NoSuchKeyException(key));
        if (kind == Kind.VALUE) {
            sink.accept(new Entry(key, kind));
            return;
        }
        listBelow(store, key, sink);
    }

    private void listBelow(ReadableStore store, Key dictionary, EntrySink sink) throws IOException {
        Listing.visit(store, dictionary, damaged, (entry, last) -> {
            sink.accept(entry);
            if (recursive && entry.kind() == Kind.DICTIONARY) {
                listBelow(store, entry.key(), sink);
            }
        });
    }

    /** Columns have fixed widths, since a listing is printed as it is read. */
    private void print(Output output, Key base, EntryLine line) {
        String name = recursive ? relative(base, line) : line.name();
        String shown = line.isDictionary() ? output.styled("bold,blue", name) : name;
        if (!details) {
            output.text().println(shown);
            return;
        }
        String size = line.size().isPresent() ? String.valueOf(line.size().getAsLong()) : "-";
        String time = line.modified().map(Instant::toString).orElse("-");
        output.text().printf("%12s  %-30s  %s%n", size, time, shown);
    }

    private static String relative(Key base, EntryLine line) {
        StringBuilder path = new StringBuilder();
        for (int i = base.depth(); i < line.key().depth(); i++) {
            path.append(path.isEmpty() ? "" : "/").append(Key.escape(line.key().segment(i)));
        }
        return path + (line.isDictionary() ? "/" : "");
    }

    private void writeJson(JsonGenerator json, ReadableStore store, Key key) throws IOException {
        json.writeStartArray();
        list(store, key, entry -> write(json, store, entry));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, ReadableStore store, Entry entry) throws StoreException, IOException {
        EntryLine line = EntryLine.of(store, entry);
        json.writeStartObject();
        line.write(json);
        json.writeEndObject();
    }
}
