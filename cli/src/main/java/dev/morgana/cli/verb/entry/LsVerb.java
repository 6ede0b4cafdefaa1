package dev.morgana.cli.verb.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ls",
        aliases = "list",
        description = "Lists a dictionary, or one value.",
        footer = {
            "",
            "A name in the path may be a pattern; what matches is shown, not what is in it.",
            "Examples: morgana ls -l image.bin:/etc",
            "          morgana ls 'image.bin:/docs/*.md'"
        })
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
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        try (ReadableStore store = session().openReadOnly(address)) {
            MatchingKeys matching = MatchingKeys.of(store, address);
            if (output.isJson()) {
                output.json(json -> writeJson(json, store, matching));
            } else {
                for (Key key : matching.keys()) {
                    Optional<Key> base = base(matching, key);
                    list(store, key, matching.isPattern(), entry -> print(output, base, EntryLine.of(store, entry)));
                }
            }
        }
        return damaged.report(session().console());
    }

    /** Where the paths begin that are shown; names alone are shown where there is no such place. */
    private Optional<Key> base(MatchingKeys matching, Key key) {
        return matching.isPattern() ? Optional.of(Key.ROOT) : recursive ? Optional.of(key) : Optional.empty();
    }

    /** Lists what a dictionary holds, or what matches a pattern. */
    private void list(ReadableStore store, Key key, boolean itself, EntrySink sink) throws IOException {
        Kind kind = Entries.kind(store, key);
        if (kind == Kind.VALUE || itself) {
            sink.accept(new Entry(key, kind));
        }
        if (kind == Kind.DICTIONARY && (recursive || !itself)) {
            listBelow(store, key, sink);
        }
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
    private void print(Output output, Optional<Key> base, EntryLine line) {
        String name = base.map(from -> relative(from, line)).orElse(line.name());
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

    private void writeJson(JsonGenerator json, ReadableStore store, MatchingKeys matching) throws IOException {
        json.writeStartArray();
        for (Key key : matching.keys()) {
            list(store, key, matching.isPattern(), entry -> write(json, store, entry));
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, ReadableStore store, Entry entry) throws StoreException, IOException {
        EntryLine line = EntryLine.of(store, entry);
        json.writeStartObject();
        line.write(json);
        json.writeEndObject();
    }
}
