package dev.morgana.cli.verb.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "stat",
        description = "Tells of one entry: kind, size, time, digest, attributes.",
        footer = {"", "Example: morgana stat image.bin:/etc/settings.json"})
final class StatVerb extends Verb {
    @Parameters(paramLabel = "IMAGE:/path", description = "the entry")
    private String image = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        try (ReadableStore store = session().openReadOnly(address)) {
            Kind kind = Entries.kind(store, key);
            EntryLine line = EntryLine.of(store, new Entry(key, kind));
            String digest = kind == Kind.VALUE ? HexFormat.of().formatHex(store.digest(key)) : "";
            Map<Integer, String> attributes = attributes(store, key);
            if (output.isJson()) {
                output.json(json -> write(json, line, digest, attributes));
            } else {
                print(output, line, digest, attributes);
            }
        }
        return ExitCode.DONE;
    }

    private static Map<Integer, String> attributes(ReadableStore store, Key key) throws StoreException {
        Map<Integer, String> attributes = new TreeMap<>();
        Optional<UserAttributes> facet = store.facet(UserAttributes.class);
        if (facet.isPresent()) {
            for (int type : facet.get().types(key)) {
                byte[] value = facet.get().get(key, type).orElseThrow();
                attributes.put(type, HexFormat.of().formatHex(value));
            }
        }
        return attributes;
    }

    private static void print(Output output, EntryLine line, String digest, Map<Integer, String> attributes) {
        Table table = new Table("<<");
        table.row("key", line.key().toString());
        table.row("kind", line.isDictionary() ? "dictionary" : "value");
        line.size().ifPresent(size -> table.row("size", size + " bytes"));
        line.modified().map(Instant::toString).ifPresent(time -> table.row("modified", time));
        if (!digest.isEmpty()) {
            table.row("sha256", digest);
        }
        attributes.forEach((type, value) -> table.row("attribute 0x" + Integer.toHexString(type), value));
        table.print(output.text());
    }

    private static void write(JsonGenerator json, EntryLine line, String digest, Map<Integer, String> attributes)
            throws IOException {
        json.writeStartObject();
        line.write(json);
        if (!digest.isEmpty()) {
            json.writeStringField("sha256", digest);
        }
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<Integer, String> attribute : attributes.entrySet()) {
            json.writeStringField(String.valueOf(attribute.getKey()), attribute.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
