package dev.morgana.spi.adapter;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are dictionaries, for a flat store that cannot look one up: the number of paths below each key that has any. Made by
 * one pass over all keys when it is first needed, and kept right by its tree from then on, so that no further question depends
 * on the number of keys. Takes memory by the number of dictionaries. Safe for use by many threads.
 */
final class Ancestors {
    /** A change of the flat store. */
    @FunctionalInterface
    interface Change {
        /** Makes it, and tells {@link #added} and {@link #removed} of every path that it binds or frees. */
        void make() throws StoreException;
    }

    private final FlatKeys keys;

    /** The number of paths below each dictionary but the root; null as long as it is not known. */
    private @Nullable Map<Key, Integer> below;

    /** Changes that have begun, and those of them that have not ended: a pass beside one of them may have missed it. */
    private long begun;

    private int underWay;

    Ancestors(FlatKeys keys) {
        this.keys = keys;
    }

    /** Tells whether any path lies below a key other than the root. */
    boolean anyBelow(Key key) throws StoreException {
        assert !key.isRoot();
        long before;
        boolean quiet;
        synchronized (this) {
            if (below != null) {
                return below.containsKey(key);
            }
            before = begun;
            quiet = underWay == 0;
        }
        Map<Key, Integer> counted = new HashMap<>();
        keys.visitBelow(Key.ROOT, path -> {
            count(counted, path, 1);
            return true;
        });
        synchronized (this) {
            if (quiet && before == begun) {
                below = counted;
            }
        }
        return counted.containsKey(key);
    }

    /** Makes a change. If it fails nobody knows how far it came, and the next question begins anew. */
    void during(Change change) throws StoreException {
        synchronized (this) {
            begun++;
            underWay++;
        }
        boolean made = false;
        try {
            change.make();
            made = true;
        } finally {
            synchronized (this) {
                underWay--;
                below = made ? below : null;
            }
        }
    }

    /** A path was bound that was not before. */
    synchronized void added(Key path) {
        if (below != null) {
            count(below, path, 1);
        }
    }

    /** A path is no longer bound. */
    synchronized void removed(Key path) {
        if (below != null) {
            count(below, path, -1);
        }
    }

    /** Paths were bound or freed that nobody told of. */
    synchronized void forget() {
        below = null;
    }

    private static void count(Map<Key, Integer> counts, Key path, int difference) {
        for (int depth = 1; depth < path.depth(); depth++) {
            counts.merge(path.ancestor(depth), difference, Ancestors::sumOrNone);
        }
    }

    private static @Nullable Integer sumOrNone(Integer a, Integer b) {
        int sum = a + b;
        assert sum >= 0;
        return sum == 0 ? null : Integer.valueOf(sum);
    }
}
