package dev.morgana.nio.tree;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.TreeRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Something about each of some keys, which follows them through moves. */
final class KeyMap<V> {
    private final TreeMap<Key, V> values = new TreeMap<>();

    @Nullable
    V get(Key key) {
        return values.get(key);
    }

    boolean has(Key key) {
        return values.containsKey(key);
    }

    void put(Key key, V value) {
        values.put(key, value);
    }

    @Nullable
    V remove(Key key) {
        return values.remove(key);
    }

    Collection<V> values() {
        return values.values();
    }

    /** The direct children of a key that have something. */
    List<Key> children(Key key) {
        return below(key).stream()
                .map(Map.Entry::getKey)
                .filter(each -> each.depth() == key.depth() + 1)
                .toList();
    }

    /** What the key itself and everything below it have; these lie together in the order of keys. */
    private List<Map.Entry<Key, V>> below(Key key) {
        List<Map.Entry<Key, V>> found = new ArrayList<>();
        for (Map.Entry<Key, V> each : values.tailMap(key).entrySet()) {
            if (!key.isPrefixOf(each.getKey())) {
                break;
            }
            found.add(Map.entry(each.getKey(), each.getValue()));
        }
        return found;
    }

    /** Lets everything at and below a key follow it. */
    void move(Key source, Key target) {
        List<Map.Entry<Key, V>> moved = below(source);
        moved.forEach(each -> values.remove(each.getKey()));
        moved.forEach(each -> values.put(TreeRules.moved(each.getKey(), source, target), each.getValue()));
    }
}
