package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.TreeCells;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.TreeRules;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moving a value or a dictionary: everything is there at its new key before anything goes from its old one. What fails on the
 * way takes the new keys back.
 */
final class Move {
    private final KeyValueStore tree;
    private final TreeCells cells;
    private final Key source;
    private final Key target;

    Move(KeyValueStore tree, TreeCells cells, Key source, Key target) {
        this.tree = tree;
        this.cells = cells;
        this.source = source;
        this.target = target;
    }

    void run(Bounds bounds) throws StoreException {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(source, tree.kind(source).orElseThrow()));
        if (entries.get(0).kind() == Kind.DICTIONARY) {
            collect(source, entries);
        }
        for (Entry entry : entries) {
            bounds.checkKey(moved(entry.key()));
        }
        Key made = firstMissing();
        try {
            for (Entry entry : entries) {
                copy(entry);
            }
        } catch (StoreException e) {
            takeBack(made, e);
            throw e;
        }
        tree.remove(source);
    }

    private void collect(Key dictionary, List<Entry> entries) throws StoreException {
        for (Entry entry : cells.children(dictionary)) {
            entries.add(entry);
            if (entry.kind() == Kind.DICTIONARY) {
                collect(entry.key(), entries);
            }
        }
    }

    private Key moved(Key key) {
        return TreeRules.moved(key, source, target);
    }

    /** The first ancestor of the target, or the target itself, that is not there yet; the root if all are. */
    private Key firstMissing() throws StoreException {
        for (int depth = 1; depth <= target.depth(); depth++) {
            if (tree.kind(target.ancestor(depth)).isEmpty()) {
                return target.ancestor(depth);
            }
        }
        return Key.ROOT;
    }

    private void copy(Entry entry) throws StoreException {
        Key to = moved(entry.key());
        if (entry.kind() == Kind.DICTIONARY) {
            makeDictionary(to);
            return;
        }
        try (InputStream value = tree.open(entry.key())) {
            tree.set(to, value);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException(tree.info().format(), "closing the old value failed", 0, 0, e);
        }
        Optional<Instant> time = tree.lastModified(entry.key());
        Optional<Timestamps> times = tree.facet(Timestamps.class);
        if (time.isPresent() && times.isPresent()) {
            times.get().setLastModified(to, time.get());
        }
    }

    /** Where dictionaries follow from values there is nothing to make. */
    private void makeDictionary(Key key) throws StoreException {
        Optional<Dictionaries> dictionaries = tree.facet(Dictionaries.class);
        if (dictionaries.isEmpty()) {
            return;
        }
        for (int depth = 1; depth <= key.depth(); depth++) {
            if (tree.kind(key.ancestor(depth)).isEmpty()) {
                dictionaries.get().create(key.ancestor(depth));
            }
        }
    }

    private void takeBack(Key made, StoreException reason) {
        if (made.isRoot()) {
            return; // a value was to replace another one, which is still there
        }
        try {
            tree.remove(made);
        } catch (StoreException e) {
            reason.addSuppressed(e);
        }
    }
}
