package dev.morgana.cli.exchange;

import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Writes into a store below a key. Dictionaries appear where the format keeps empty ones; attributes and times are kept
 * where the format has them.
 */
public final class StoreSink implements TreeSink {
    private final KeyValueStore store;
    private final Key root;
    private final boolean times;
    private long lostAttributes;

    /**
     * A sink; the store stays the caller's.
     *
     * @param times whether times are kept too
     */
    public StoreSink(KeyValueStore store, Key root, boolean times) {
        this.store = store;
        this.root = root;
        this.times = times;
    }

    /**
     * The sink for everything in a store: raw keys into a flat one, else paths.
     *
     * @param times whether times are kept too
     */
    public static TreeSink into(Store store, boolean times) {
        return store instanceof FlatStore flat
                ? new FlatSink(flat)
                : new StoreSink((KeyValueStore) store, Key.ROOT, times);
    }

    /** How many attributes were sent that the store has no place for. */
    public long lostAttributes() {
        return lostAttributes;
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        Key key = root.append(EntryPaths.key(path));
        Optional<Dictionaries> dictionaries = store.facet(Dictionaries.class);
        if (dictionaries.isPresent()
                && store.kind(key).filter(Kind.DICTIONARY::equals).isEmpty()) {
            dictionaries.get().create(key);
        }
        keepAttributes(key, details);
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        Key key = root.append(EntryPaths.key(path));
        store.set(key, content);
        keepAttributes(key, details);
        Optional<Timestamps> timestamps = store.facet(Timestamps.class);
        Optional<Instant> modified = details.modified();
        if (times
                && timestamps.isPresent()
                && modified.isPresent()
                && !store.lastModified(key).equals(modified)) {
            timestamps.get().setLastModified(key, modified.get());
        }
    }

    private void keepAttributes(Key key, Details details) throws IOException {
        Optional<UserAttributes> attributes = store.facet(UserAttributes.class);
        if (attributes.isEmpty() || store.kind(key).isEmpty()) { // a dictionary that only its values make
            lostAttributes += details.attributes().size();
        } else {
            for (Map.Entry<Integer, byte[]> attribute : details.attributes().entrySet()) {
                attributes.get().set(key, attribute.getKey(), attribute.getValue());
            }
        }
    }
}
