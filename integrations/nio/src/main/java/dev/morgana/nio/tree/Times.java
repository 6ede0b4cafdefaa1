package dev.morgana.nio.tree;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * When files and folders were last changed. What changes while the tree is open is remembered; the image gets a time where somebody
 * sets it, and where a file that has one changes. An image without times so stays without.
 */
final class Times {
    private final KeyValueStore store;
    private final InstantSource clock;
    private final @Nullable Timestamps stored;
    private final KeyMap<Instant> known = new KeyMap<>();

    Times(KeyValueStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.stored = store.facet(Timestamps.class).orElse(null);
    }

    Instant of(Key key, Kind kind) throws IOException {
        Instant there = known.get(key);
        if (there != null) {
            return there;
        }
        return kind == Kind.DICTIONARY ? Instant.EPOCH : store.lastModified(key).orElse(Instant.EPOCH);
    }

    void set(Key key, Kind kind, Instant time) throws IOException {
        if (kind == Kind.VALUE && stored != null) {
            store(stored, key, time);
        }
        known.put(key, time);
    }

    /** A time that the format cannot express is remembered all the same. */
    private static void store(Timestamps stored, Key key, Instant time) throws IOException {
        try {
            stored.setLastModified(key, time);
        } catch (LimitExceededException e) {
            stored.setLastModified(key, Instant.EPOCH);
        }
    }

    /** A file was written, or something appeared in a folder, or went from it. */
    void changed(Key key) {
        known.put(key, clock.instant());
    }

    /** New content went into the store, where an old time would lie. */
    void published(Key key) throws IOException {
        if (stored != null && store.lastModified(key).isPresent()) {
            stored.setLastModified(key, of(key, Kind.VALUE));
        }
    }

    void removed(Key key) {
        known.remove(key);
    }

    void moved(Key source, Key target) {
        known.remove(target);
        known.move(source, target);
    }
}
