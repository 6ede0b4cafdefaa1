package dev.morgana.nio.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a store. Where its format keeps no empty ones, those are remembered as long as the tree is open, so that programs
 * can make a folder before they fill it, and empty it before they remove it.
 */
final class Folders {
    private final ReadableStore store;
    private final @Nullable Dictionaries explicit;
    private final KeyMap<Boolean> empty = new KeyMap<>();

    Folders(KeyValueStore store) {
        this.store = store;
        this.explicit = store.facet(Dictionaries.class).orElse(null);
    }

    Optional<Kind> kind(Key key) throws StoreException {
        Optional<Kind> kind = store.kind(key);
        return kind.isEmpty() && empty.has(key) ? Optional.of(Kind.DICTIONARY) : kind;
    }

    List<Entry> list(Key folder) throws StoreException {
        List<Key> remembered = empty.children(folder);
        if (remembered.isEmpty() && !empty.has(folder)) {
            return stored(folder);
        }
        TreeMap<Key, Entry> all = new TreeMap<>();
        remembered.forEach(key -> all.put(key, new Entry(key, Kind.DICTIONARY)));
        if (store.kind(folder).isPresent()) {
            stored(folder).forEach(entry -> all.put(entry.key(), entry));
        }
        return List.copyOf(all.values());
    }

    private List<Entry> stored(Key folder) throws StoreException {
        try (Stream<Entry> entries = store.list(folder)) {
            return entries.toList();
        }
    }

    void create(Key key) throws StoreException {
        if (explicit != null) {
            explicit.create(key);
        } else {
            empty.put(key, true);
        }
    }

    void remove(Key key) throws StoreException {
        if (explicit != null) {
            explicit.removeEmpty(key);
        } else {
            empty.remove(key);
        }
    }

    /** Lets a folder stay from which something went. */
    void keep(Key folder) {
        if (explicit == null && !folder.isRoot()) {
            empty.put(folder, true);
        }
    }

    void moved(Key source, Key target) {
        empty.move(source, target);
    }
}
