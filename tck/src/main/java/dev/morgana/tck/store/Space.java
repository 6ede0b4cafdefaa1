package dev.morgana.tck.store;

import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Content;
import java.util.ArrayList;
import java.util.List;

/** Filling a store until it has no space. */
final class Space {
    /** No variant that is filled is so large. */
    private static final int MOST_VALUES = 1 << 17;

    private Space() {}

    /** The key of the n-th value. */
    static Key key(int number) {
        return Key.of("f" + number);
    }

    /** Sets values of one size, each with bytes of its own, until there is no space; returns their keys. */
    static List<Key> fill(KeyValueStore store, int size) throws StoreException {
        List<Key> keys = new ArrayList<>();
        while (keys.size() < MOST_VALUES) {
            Key key = key(keys.size());
            try {
                store.set(key, value(key, size));
            } catch (NoSpaceException e) {
                return keys;
            }
            keys.add(key);
        }
        throw new AssertionError("the store takes " + MOST_VALUES + " values of " + size + " bytes; it is too large to"
                + " be the smallest variant, or it does not count");
    }

    /** The bytes that {@link #fill} sets. */
    static byte[] value(Key key, int size) {
        return new Content(size, key.hashCode()).bytes();
    }
}
