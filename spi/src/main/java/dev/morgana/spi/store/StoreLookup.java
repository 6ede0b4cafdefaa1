package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.util.Optional;

/** Asks a store for the kinds of a key and its ancestors. */
record StoreLookup(ReadableStore store, Key key) implements Lookup {
    @Override
    public Optional<Kind> kind() throws StoreException {
        return store.kind(key);
    }

    @Override
    public Ancestor nearestAncestor() throws StoreException {
        Ancestor nearest = new Ancestor(Key.ROOT, Kind.DICTIONARY);
        for (int depth = 1; depth < key.depth() && nearest.kind() == Kind.DICTIONARY; depth++) {
            Key ancestor = key.ancestor(depth);
            Optional<Kind> kind = store.kind(ancestor);
            if (kind.isEmpty()) {
                break;
            }
            nearest = new Ancestor(ancestor, kind.get());
        }
        return nearest;
    }

    @Override
    public Lookup child(byte[] segment) {
        return new StoreLookup(store, key.child(segment));
    }
}
