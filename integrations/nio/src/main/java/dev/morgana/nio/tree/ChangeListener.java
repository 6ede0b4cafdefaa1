package dev.morgana.nio.tree;

import dev.morgana.spi.key.Key;

/** Told of changes, under the lock of the tree: it only takes note. */
@FunctionalInterface
public interface ChangeListener {
    /** What happened. */
    enum Change {
        /** Something appeared. */
        CREATED,
        /** A file got other content. */
        MODIFIED,
        /** Something went. */
        REMOVED
    }

    /** Something happened at a key. */
    void changed(Change change, Key key);
}
