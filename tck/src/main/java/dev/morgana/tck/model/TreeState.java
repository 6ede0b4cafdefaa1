package dev.morgana.tck.model;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a tree holds: its values, and its dictionaries but the root. Immutable. */
public final class TreeState {
    /** No honest test has more; a store that lists without an end does. */
    private static final int MAX_ENTRIES = 1 << 20;

    private final NavigableMap<Key, byte[]> values;
    private final NavigableSet<Key> dictionaries;

    TreeState(NavigableMap<Key, byte[]> values, NavigableSet<Key> dictionaries) {
        this.values = new TreeMap<>(values);
        this.dictionaries = new TreeSet<>(dictionaries);
    }

    /**
     * Reads a store to its last value. On the way it holds the store's answers against each other: listings are ordered and
     * of direct children, and tell the kind that {@link ReadableStore#kind} tells; values have the size that is told.
     *
     * @param store the store
     * @return what it holds
     * @throws StoreException if reading fails
     * @throws AssertionError if the store contradicts itself
     */
    public static TreeState of(ReadableStore store) throws StoreException {
        TreeMap<Key, byte[]> values = new TreeMap<>();
        TreeSet<Key> dictionaries = new TreeSet<>();
        Deque<Key> open = new ArrayDeque<>(List.of(Key.ROOT));
        while (!open.isEmpty()) {
            for (Entry entry : children(store, open.pop())) {
                if (entry.kind() == Kind.VALUE) {
                    values.put(entry.key(), value(store, entry.key()));
                } else {
                    dictionaries.add(entry.key());
                    open.push(entry.key());
                }
                expect(values.size() + dictionaries.size() <= MAX_ENTRIES, "the tree has no end");
            }
        }
        return new TreeState(values, dictionaries);
    }

    private static List<Entry> children(ReadableStore store, Key dictionary) throws StoreException {
        List<Entry> children = new ArrayList<>();
        try (Stream<Entry> listed = store.list(dictionary)) {
            listed.limit(MAX_ENTRIES).forEach(children::add);
        }
        Key last = null;
        for (Entry child : children) {
            expect(
                    child.key().depth() == dictionary.depth() + 1 && dictionary.isPrefixOf(child.key()),
                    "listing of " + dictionary + " has " + child.key());
            expect(
                    last == null || last.compareTo(child.key()) < 0,
                    "listing of " + dictionary + " has " + child.key() + " after " + last);
            expect(
                    store.kind(child.key()).equals(Optional.of(child.kind())),
                    "listing tells another kind than kind(): " + child);
            last = child.key();
        }
        return children;
    }

    private static byte[] value(ReadableStore store, Key key) throws StoreException {
        byte[] value = store.get(key);
        long size = store.size(key);
        expect(size == value.length, "size of " + key + " is " + size + ", and get() gives " + value.length + " bytes");
        return value;
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /**
     * The keys of all values.
     *
     * @return in order
     */
    public List<Key> keys() {
        return List.copyOf(values.keySet());
    }

    /**
     * The dictionaries but the root.
     *
     * @return in order
     */
    public List<Key> dictionaries() {
        return List.copyOf(dictionaries);
    }

    /**
     * One value.
     *
     * @param key its key
     * @return a copy of the bytes, or empty if there is no such value
     */
    public Optional<byte[]> value(Key key) {
        return Optional.ofNullable(values.get(key)).map(byte[]::clone);
    }

    /**
     * The sum of the sizes of all values.
     *
     * @return in bytes
     */
    public long totalBytes() {
        return values.values().stream().mapToLong(value -> value.length).sum();
    }

    NavigableMap<Key, byte[]> valuesByKey() {
        return values;
    }

    NavigableSet<Key> dictionarySet() {
        return dictionaries;
    }

    /** Whether a key has the same value in both states, or none in both. */
    boolean sameValue(TreeState other, Key key) {
        return Arrays.equals(values.get(key), other.values.get(key));
    }

    boolean sameValues(TreeState other) {
        return values.keySet().equals(other.values.keySet())
                && values.keySet().stream().allMatch(key -> sameValue(other, key));
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof TreeState other && dictionaries.equals(other.dictionaries) && sameValues(other);
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode() * 31 + dictionaries.hashCode();
    }

    /** For people: keys and sizes. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        dictionaries.forEach(key -> lines.add(key + "/"));
        values.forEach((key, value) -> lines.add(
                key + " (" + value.length + " bytes, hash " + Integer.toHexString(Arrays.hashCode(value)) + ")"));
        return lines.toString();
    }
}
