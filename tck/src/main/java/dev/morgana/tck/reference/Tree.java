package dev.morgana.tck.reference;

import dev.morgana.spi.key.Key;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a tree at one moment. Immutable: a change makes another tree. */
final class Tree {
    /** Only the root, empty. */
    static final Tree EMPTY = new Tree(new TreeMap<>()).with(Key.ROOT, new Node.Dictionary(Node.noAttributes()));

    private final NavigableMap<Key, Node> nodes;

    private Tree(NavigableMap<Key, Node> nodes) {
        this.nodes = nodes;
    }

    /** A tree of nodes that keep its rules: a root, and a dictionary above each other node. The map is not copied. */
    static Tree of(NavigableMap<Key, Node> nodes) {
        assert nodes.get(Key.ROOT) instanceof Node.Dictionary;
        return new Tree(nodes);
    }

    @Nullable
    Node find(Key key) {
        return nodes.get(key);
    }

    /** A node and everything below it, in the order of the keys; nothing if the key is not bound. */
    Stream<Map.Entry<Key, Node>> subtree(Key key) {
        return nodes.tailMap(key, true).entrySet().stream().takeWhile(node -> key.isPrefixOf(node.getKey()));
    }

    /** The direct children of a dictionary, in the order of their keys. */
    Stream<Map.Entry<Key, Node>> children(Key dictionary) {
        return subtree(dictionary).filter(node -> node.getKey().depth() == dictionary.depth() + 1);
    }

    /** This tree with a key bound to a node; missing parents appear. */
    Tree with(Key key, Node node) {
        NavigableMap<Key, Node> changed = new TreeMap<>(nodes);
        for (int depth = 0; depth < key.depth(); depth++) {
            changed.putIfAbsent(key.ancestor(depth), new Node.Dictionary(Node.noAttributes()));
        }
        changed.put(key, node);
        return new Tree(changed);
    }

    /** This tree without a node and everything below it. */
    Tree without(Key key) {
        NavigableMap<Key, Node> changed = new TreeMap<>(nodes);
        subtree(key).forEach(node -> changed.remove(node.getKey()));
        return new Tree(changed);
    }

    /** This tree with a node, and everything below it, under another key; what is there goes. */
    Tree moved(Key source, Key target) {
        Tree changed = without(source).without(target);
        for (Map.Entry<Key, Node> node : subtree(source).toList()) {
            changed = changed.with(target.append(below(source, node.getKey())), node.getValue());
        }
        return changed;
    }

    private static Key below(Key source, Key key) {
        Key relative = Key.ROOT;
        for (int i = source.depth(); i < key.depth(); i++) {
            relative = relative.child(key.segment(i));
        }
        return relative;
    }

    NavigableMap<Key, Node> nodes() {
        return nodes;
    }
}
