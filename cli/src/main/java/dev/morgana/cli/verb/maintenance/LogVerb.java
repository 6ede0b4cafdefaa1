package dev.morgana.cli.verb.maintenance;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.verb.OlderStates;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "log",
        description = "Lists older states that the medium still holds, oldest first.",
        footer = {
            "",
            "A removed key is found by its path. cat --at N shows state N of a key.",
            "Example: morgana log image.bin:/etc/settings.json"
        })
final class LogVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "the key; every key below a dictionary")
    private String image = "";

    private final DamageList damaged = new DamageList();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        try (ReadableStore store = session().openReadOnly(address)) {
            History history = OlderStates.of(store, address);
            List<Key> keys = new ArrayList<>();
            collect(store, key, keys);
            if (output.isJson()) {
                output.json(json -> write(json, history, keys));
            } else {
                print(output, history, keys);
            }
        }
        return damaged.report(session().console());
    }

    private void collect(ReadableStore store, Key key, List<Key> keys) throws IOException {
        if (!store.kind(key).equals(Optional.of(Kind.DICTIONARY))) {
            keys.add(key);
            return;
        }
        Listing.visit(store, key, damaged, (entry, last) -> collect(store, entry.key(), keys));
    }

    private void print(Output output, History history, List<Key> keys) throws IOException {
        for (Key key : keys) {
            damaged.guard(key, () -> {
                List<History.Version> versions = history.versions(key);
                output.text().println(output.styled("bold", key.toString()));
                Table table = new Table(">><<<");
                for (History.Version version : versions) {
                    table.row(
                            "  " + version.index(),
                            version.size().isPresent() ? Sizes.of(version.size().getAsLong()) : "removed",
                            version.label(),
                            place(version.position()),
                            version.current() ? "current" : "");
                }
                table.print(output.text());
            });
        }
    }

    /** Without the device, which is what the command line names. */
    private static String place(Position position) {
        return (position.block() == Position.NO_BLOCK ? "" : "block " + position.block() + ", ") + "offset 0x"
                + Long.toHexString(position.offset());
    }

    private void write(JsonGenerator json, History history, List<Key> keys) throws IOException {
        json.writeStartArray();
        for (Key key : keys) {
            damaged.guard(key, () -> {
                Json.objects(json, history.versions(key), (object, version) -> write(object, key, version));
            });
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Key key, History.Version version) throws IOException {
        Json.key(json, "key", key);
        json.writeNumberField("index", version.index());
        json.writeStringField("label", version.label());
        if (version.size().isPresent()) {
            json.writeNumberField("size", version.size().getAsLong());
        }
        json.writeBooleanField("current", version.current());
        Json.position(json, version.position());
    }
}
