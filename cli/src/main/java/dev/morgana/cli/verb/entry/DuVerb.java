package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "du",
        description = "Sums the sizes of values, dictionary by dictionary.",
        footer = {
            "",
            "These are bytes of content; usage tells what they take on the medium.",
            "Example: morgana du image.bin:/www"
        })
final class DuVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "what to sum")
    private String image = "";

    @Option(
            names = {"-s", "--summarize"},
            description = "the sum alone")
    private boolean sumOnly;

    private final DamageList damaged = new DamageList();
    private final Map<Key, Long> sums = new LinkedHashMap<>();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        try (ReadableStore store = session().openReadOnly(address)) {
            sums.put(key, Entries.kind(store, key) == Kind.VALUE ? store.size(key) : sum(store, key));
        }
        if (output.isJson()) {
            output.jsonList(sums.entrySet(), (json, sum) -> {
                Json.key(json, "key", sum.getKey());
                json.writeNumberField("bytes", sum.getValue());
            });
            return damaged.report(session().console());
        }
        Table table = new Table("><");
        sums.forEach((dictionary, bytes) -> table.row(Sizes.of(bytes), dictionary.toString()));
        table.print(output.text());
        return damaged.report(session().console());
    }

    private long sum(ReadableStore store, Key dictionary) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Listing.visit(store, dictionary, damaged, (entry, last) -> {
            if (entry.kind() == Kind.VALUE) {
                bytes.addAndGet(store.size(entry.key()));
            } else {
                long below = sum(store, entry.key());
                bytes.addAndGet(below);
                if (!sumOnly) {
                    sums.put(entry.key(), below);
                }
            }
        });
        return bytes.get();
    }
}
