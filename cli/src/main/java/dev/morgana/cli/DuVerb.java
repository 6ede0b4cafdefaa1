package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
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

    private final Map<Key, Long> sums = new LinkedHashMap<>();

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        Key key = entry(address);
        try (ReadableStore store = openReadOnly(address)) {
            Kind kind = store.kind(key).orElseThrow(() -> new NoSuchKeyException(key));
            sums.put(key, kind == Kind.VALUE ? store.size(key) : sum(store, key));
        }
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartArray();
                for (Map.Entry<Key, Long> sum : sums.entrySet()) {
                    json.writeStartObject();
                    Output.writeKey(json, "key", sum.getKey());
                    json.writeNumberField("bytes", sum.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
            return ExitCode.DONE;
        }
        Table table = new Table("><");
        sums.forEach((dictionary, bytes) -> table.row(Sizes.of(bytes), dictionary.toString()));
        table.print(output.text());
        return ExitCode.DONE;
    }

    private long sum(ReadableStore store, Key dictionary) throws IOException {
        long bytes = 0;
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                Entry entry = i.next();
                if (entry.kind() == Kind.VALUE) {
                    bytes += store.size(entry.key());
                } else {
                    long below = sum(store, entry.key());
                    bytes += below;
                    if (!sumOnly) {
                        sums.put(entry.key(), below);
                    }
                }
            }
        }
        return bytes;
    }
}
