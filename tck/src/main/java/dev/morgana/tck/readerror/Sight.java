package dev.morgana.tck.readerror;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What can be read of a store, damaged or not: each value, or how reading it fails.
 *
 * @param entries by their keys; a single one under the empty name if the store does not open
 */
record Sight(Map<String, String> entries) {
    /** A store that does not open. */
    static Sight none(StoreException failure) {
        return new Sight(Map.of("", failure.failure().toString()));
    }

    static Sight of(KeyValueStore store) {
        Map<String, String> entries = new TreeMap<>();
        Deque<Key> open = new ArrayDeque<>(List.of(Key.ROOT));
        while (!open.isEmpty()) {
            Key dictionary = open.pop();
            try {
                for (Entry entry : children(store, dictionary)) {
                    if (entry.kind() == Kind.DICTIONARY) {
                        open.push(entry.key());
                        entries.put(entry.key() + "/", "dictionary");
                    } else {
                        entries.put(entry.key().toString(), value(store, entry.key()));
                    }
                }
            } catch (StoreException e) {
                entries.put(dictionary + "/", e.failure().toString());
            }
        }
        return new Sight(entries);
    }

    private static List<Entry> children(KeyValueStore store, Key dictionary) throws StoreException {
        List<Entry> children = new ArrayList<>();
        try (Stream<Entry> listed = store.list(dictionary)) {
            listed.forEach(children::add);
        }
        return children;
    }

    private static String value(KeyValueStore store, Key key) {
        try {
            byte[] value = store.get(key);
            return value.length + " bytes, hash " + Arrays.hashCode(value);
        } catch (StoreException e) {
            return e.failure().toString();
        }
    }

    /** Why this is no mixture of others, entry by entry; empty if it is one. */
    String notAmong(List<Sight> others) {
        TreeSet<String> keys = new TreeSet<>(entries.keySet());
        others.forEach(other -> keys.addAll(other.entries.keySet()));
        for (String key : keys) {
            String found = entries.getOrDefault(key, "none");
            List<String> right = others.stream()
                    .map(other -> other.entries.getOrDefault(key, "none"))
                    .distinct()
                    .toList();
            if (!right.contains(found)) {
                return "'" + key + "' is " + found + ", not one of " + right;
            }
        }
        return "";
    }
}
