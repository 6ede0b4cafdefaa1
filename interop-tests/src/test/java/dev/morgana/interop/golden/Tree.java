package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything in a store, by key: what the manifests of tree formats list. */
final class Tree {
    private static final HexFormat HEX = HexFormat.of();

    /** What an entry is. Dictionaries have no size and no digest. */
    record Node(String type, long size, String sha256, Map<Integer, String> attributes) {}

    private Tree() {}

    /** What a store holds, the root only if it has attributes. */
    static Map<Key, Node> of(ReadableStore store) throws StoreException {
        Map<Key, Node> nodes = new TreeMap<>();
        Map<Integer, String> root = attributes(store, Key.ROOT);
        if (!root.isEmpty()) {
            nodes.put(Key.ROOT, new Node("dir", 0, "", root));
        }
        collect(store, Key.ROOT, nodes);
        return nodes;
    }

    private static void collect(ReadableStore store, Key dictionary, Map<Key, Node> nodes) throws StoreException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Entry entry : entries.toList()) {
                Key key = entry.key();
                Map<Integer, String> attributes = attributes(store, key);
                if (entry.kind() == Kind.DICTIONARY) {
                    nodes.put(key, new Node("dir", 0, "", attributes));
                    collect(store, key, nodes);
                } else {
                    byte[] value = store.get(key);
                    nodes.put(key, new Node("file", store.size(key), GoldenCase.sha256(value), attributes));
                }
            }
        }
    }

    private static Map<Integer, String> attributes(ReadableStore store, Key key) throws StoreException {
        Map<Integer, String> attributes = new TreeMap<>();
        Optional<UserAttributes> facet = store.facet(UserAttributes.class);
        if (facet.isPresent()) {
            for (int type : facet.get().types(key)) {
                attributes.put(type, HEX.formatHex(facet.get().get(key, type).orElseThrow()));
            }
        }
        return attributes;
    }

    /** What the {@code entries} of a manifest say. */
    static Map<Key, Node> expected(Fields manifest) {
        Map<Key, Node> nodes = new TreeMap<>();
        for (Fields entry : manifest.objects("entries")) {
            Map<Integer, String> attributes = new TreeMap<>();
            entry.find("attrs")
                    .ifPresent(attrs -> attrs.properties()
                            .forEach(attr -> attributes.put(
                                    Integer.valueOf(attr.getKey()),
                                    attr.getValue().asText())));
            Node node = new Node(
                    entry.text("type"),
                    entry.find("size").map(JsonNode::asLong).orElse(0L),
                    entry.find("sha256").map(JsonNode::asText).orElse(""),
                    attributes);
            nodes.put(key(entry), node);
            // the beginning of the value, which the digest covers; times are compared by those who know them
            entry.passOver("value_hex", "modified", "chamelon_modified");
        }
        return nodes;
    }

    /** The key in a {@code path} or {@code path_hex} field. */
    static Key key(Fields entry) {
        return entry.find("path")
                .map(path -> Key.of(path.asText()))
                .orElseGet(() -> Key.ofBytes(HEX.parseHex(entry.text("path_hex"))));
    }

    /** Fails with the first key that differs. */
    static void assertEqual(String where, Map<Key, Node> expected, Map<Key, Node> found) {
        Map<Key, Node> all = new TreeMap<>(expected);
        found.forEach(all::putIfAbsent);
        for (Key key : all.keySet()) {
            if (!java.util.Objects.equals(expected.get(key), found.get(key))) {
                throw new AssertionError(
                        where + ": " + key + ": expected " + expected.get(key) + ", found " + found.get(key));
            }
        }
    }
}
