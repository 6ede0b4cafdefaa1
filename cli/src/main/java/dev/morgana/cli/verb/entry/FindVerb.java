package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "find",
        description = "Finds entries by name, kind and size.",
        footer = {"", "Example: morgana find image.bin:/www --name '*.html' --larger 4K"})
final class FindVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "where to look")
    private String image = "";

    @Option(names = "--name", paramLabel = "PATTERN", description = "names that match, such as '*.txt'")
    private String name = "*";

    @Option(names = "--type", paramLabel = "v|d", description = "values alone, or dictionaries alone")
    private String type = "";

    @Option(names = "--larger", paramLabel = "SIZE", description = "values of more bytes than this")
    private String larger = "";

    private final DamageList damaged = new DamageList();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        if (!List.of("", "v", "d").contains(type)) {
            throw new UsageException("--type is v or d, not '" + type + "'");
        }
        Long least = larger.isEmpty() ? Long.valueOf(-1) : Quantity.parseSize(larger);
        if (least == null) {
            throw new UsageException("'" + larger + "' is not a size; write 64K, 1MiB, ...");
        }
        NamePattern pattern = NamePattern.of(name);
        List<EntryLine> found = new ArrayList<>();
        try (ReadableStore store = session().openReadOnly(address)) {
            find(store, Entries.of(address), pattern, least, found);
        }
        if (output.isJson()) {
            output.jsonList(found, (json, line) -> line.write(json));
        } else {
            found.forEach(line -> output.text().println(line.key() + (line.isDictionary() ? "/" : "")));
        }
        return damaged.report(session().console());
    }

    private void find(ReadableStore store, Key dictionary, NamePattern pattern, long least, List<EntryLine> found)
            throws IOException {
        Listing.visit(store, dictionary, damaged, (entry, last) -> {
            EntryLine line = EntryLine.of(store, entry);
            if (isWanted(line, pattern, least)) {
                found.add(line);
            }
            if (entry.kind() == Kind.DICTIONARY) {
                find(store, entry.key(), pattern, least, found);
            }
        });
    }

    private boolean isWanted(EntryLine line, NamePattern pattern, long least) {
        boolean kind = type.isEmpty() || type.equals(line.isDictionary() ? "d" : "v");
        return kind
                && (least < 0 || line.size().orElse(-1) > least)
                && pattern.matches(line.key().nameBytes());
    }
}
