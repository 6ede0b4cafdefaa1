package dev.morgana.cli.verb.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.morgana.cli.output.Json;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What listings tell of one entry.
 *
 * @param key its key
 * @param kind value or dictionary
 * @param size in bytes; empty for a dictionary
 * @param modified when it was last changed, where that is stored
 */
record EntryLine(Key key, Kind kind, OptionalLong size, Optional<Instant> modified) {
    static EntryLine of(ReadableStore store, Entry entry) throws StoreException {
        boolean value = entry.kind() == Kind.VALUE;
        return new EntryLine(
                entry.key(),
                entry.kind(),
                value ? OptionalLong.of(store.size(entry.key())) : OptionalLong.empty(),
                value ? store.lastModified(entry.key()) : Optional.empty());
    }

    boolean isDictionary() {
        return kind == Kind.DICTIONARY;
    }

    /** The last segment for people, a dictionary with a slash. */
    String name() {
        return Key.escape(key.nameBytes()) + (isDictionary() ? "/" : "");
    }

    /** The fields of a JSON object. */
    void write(JsonGenerator json) throws IOException {
        Json.key(json, "key", key);
        json.writeStringField("kind", isDictionary() ? "dictionary" : "value");
        if (size.isPresent()) {
            json.writeNumberField("size", size.getAsLong());
        }
        if (modified.isPresent()) {
            json.writeStringField("modified", modified.get().toString());
        }
    }
}
