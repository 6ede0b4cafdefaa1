package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes of a tree, see the package description. */
final class TreeCodec implements Codec<Tree> {
    /** The longest segment in bytes; its length is one byte. */
    static final int MAX_SEGMENT_BYTES = 0xff;

    /** The most segments of a key; the depth is one byte. */
    static final int MAX_DEPTH = 0xff;

    /** The largest value in bytes; its length is two bytes. */
    static final int MAX_VALUE_BYTES = 0xffff;

    /** The largest attribute in bytes; its length is one byte. */
    static final int MAX_ATTRIBUTE_BYTES = 0xff;

    private static final int DICTIONARY = 'D';
    private static final int VALUE = 'V';

    @Override
    public byte[] encode(Tree tree) {
        PayloadWriter payload = new PayloadWriter();
        tree.nodes().forEach((key, node) -> encode(key, node, payload));
        return payload.toByteArray();
    }

    private static void encode(Key key, Node node, PayloadWriter payload) {
        payload.u8(key.depth()).u8(node instanceof Node.Value ? VALUE : DICTIONARY);
        payload.bytes8(key.nameBytes()).u16(node.attributes().size());
        node.attributes().forEach((type, bytes) -> payload.u8(type).bytes8(bytes));
        if (node instanceof Node.Value value) {
            Instant time = value.time();
            payload.i64(time.getEpochSecond()).u32(time.getNano()).bytes16(value.bytes());
        }
    }

    @Override
    public Tree decode(ByteBuffer bytes, Position at) throws CorruptStoreException {
        PayloadReader payload = new PayloadReader(bytes, at);
        NavigableMap<Key, Node> nodes = new TreeMap<>();
        while (payload.hasRemaining()) {
            int depth = payload.u8("node depth");
            int kind = payload.u8("node kind");
            Key key = key(nodes, depth, payload);
            SortedMap<Integer, byte[]> attributes = attributes(payload);
            nodes.put(key, node(kind, attributes, payload));
        }
        if (!(nodes.get(Key.ROOT) instanceof Node.Dictionary)) {
            throw payload.corrupt("payload", "a dictionary as root", "none");
        }
        return Tree.of(nodes);
    }

    /** The key of the next node. Its parent must be there already, as a dictionary on the path to the last node. */
    private static Key key(NavigableMap<Key, Node> nodes, int depth, PayloadReader payload)
            throws CorruptStoreException {
        byte[] name = payload.bytes8("node name");
        if (nodes.isEmpty() || depth == 0) {
            if (depth != 0 || name.length != 0 || !nodes.isEmpty()) {
                throw payload.corrupt("node name", "one root, first", "depth " + depth);
            }
            return Key.ROOT;
        }
        Key last = nodes.lastKey();
        if (depth > last.depth() + 1 || !(nodes.get(last.ancestor(depth - 1)) instanceof Node.Dictionary)) {
            throw payload.corrupt("node depth", "a dictionary as parent", "depth " + depth + " after " + last);
        }
        Key key = child(last.ancestor(depth - 1), name, payload);
        if (key.compareTo(last) <= 0) {
            throw payload.corrupt("node name", "ascending keys", key + " after " + last);
        }
        return key;
    }

    private static Key child(Key parent, byte[] name, PayloadReader payload) throws CorruptStoreException {
        try {
            return parent.child(name);
        } catch (IllegalArgumentException e) {
            throw payload.corrupt("node name", "a segment", Key.escape(name));
        }
    }

    private static SortedMap<Integer, byte[]> attributes(PayloadReader payload) throws CorruptStoreException {
        int count = payload.u16("attribute count");
        if (count == 0) {
            return Node.noAttributes();
        }
        SortedMap<Integer, byte[]> attributes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put(payload.u8("attribute type"), payload.bytes8("attribute"));
        }
        return Collections.unmodifiableSortedMap(attributes);
    }

    private static Node node(int kind, SortedMap<Integer, byte[]> attributes, PayloadReader payload)
            throws CorruptStoreException {
        if (kind == DICTIONARY) {
            return new Node.Dictionary(attributes);
        }
        if (kind != VALUE) {
            throw payload.corrupt("node kind", "D or V", Integer.toString(kind));
        }
        long seconds = payload.i64("time");
        long nanos = payload.u32("time");
        try {
            return new Node.Value(payload.bytes16("value"), Instant.ofEpochSecond(seconds, nanos), attributes);
        } catch (DateTimeException | ArithmeticException e) {
            throw payload.corrupt("time", "a time", seconds + " s, " + nanos + " ns");
        }
    }
}
