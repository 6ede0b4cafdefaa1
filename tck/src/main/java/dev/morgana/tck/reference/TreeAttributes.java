package dev.morgana.tck.reference;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Attributes of values and dictionaries. */
final class TreeAttributes implements UserAttributes {
    private static final int MAX_TYPE = 0xff;

    private final ReferenceTree store;

    TreeAttributes(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public SortedSet<Integer> types(Key key) throws StoreException {
        return new TreeSet<>(store.now().node(key).attributes().keySet());
    }

    @Override
    public Optional<byte[]> get(Key key, int type) throws StoreException {
        checkType(type);
        return Optional.ofNullable(store.now().node(key).attributes().get(type)).map(byte[]::clone);
    }

    @Override
    public void set(Key key, int type, byte[] value) throws StoreException {
        checkType(type);
        if (value.length > TreeCodec.MAX_ATTRIBUTE_BYTES) {
            throw new LimitExceededException(
                    "attribute (bytes)", TreeCodec.MAX_ATTRIBUTE_BYTES, value.length, key.toString());
        }
        byte[] owned = value.clone();
        store.update("set attribute", tree -> {
            Node node = store.view(tree).node(key);
            SortedMap<Integer, byte[]> attributes = new TreeMap<>(node.attributes());
            attributes.put(type, owned);
            return tree.with(key, node.withAttributes(Collections.unmodifiableSortedMap(attributes)));
        });
    }

    @Override
    public boolean remove(Key key, int type) throws StoreException {
        checkType(type);
        boolean[] found = new boolean[1];
        store.update("remove attribute", tree -> {
            Node node = store.view(tree).node(key);
            SortedMap<Integer, byte[]> attributes = new TreeMap<>(node.attributes());
            found[0] = attributes.remove(type) != null;
            return found[0] ? tree.with(key, node.withAttributes(Collections.unmodifiableSortedMap(attributes))) : tree;
        });
        return found[0];
    }

    private static void checkType(int type) {
        if (type < 0 || type > MAX_TYPE) {
            throw new IllegalArgumentException("type " + type + " is not among 0 to " + MAX_TYPE);
        }
    }
}
