package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Items 1 to 9 of the contract: keys, and how stores take them. */
public abstract class KeyTck extends StoreContract {
    private static final byte[] NO_UTF_8 = {(byte) 0xff, (byte) 0xfe, 0x01, (byte) 0x80, (byte) 0xc3};

    /** For subclasses. */
    protected KeyTck() {}

    @Test
    @DisplayName("1: however a path is written, its key is one")
    void pathsAreNormal() {
        for (String root : List.of("", "/", "//")) {
            assertEquals(Key.ROOT, Key.of(root));
            assertEquals(Key.ROOT.hashCode(), Key.of(root).hashCode());
        }
        for (String path : List.of("a/b", "/a/b", "//a//b/")) {
            assertEquals(Key.of("a/b"), Key.of(path));
            assertEquals(Key.of("a/b").hashCode(), Key.of(path).hashCode());
        }
    }

    @Test
    @DisplayName("2: the string form begins with a slash")
    void stringBeginsWithSlash() {
        assertEquals("/", Key.ROOT.toString());
        assertEquals("/a/b", Key.of("a/b").toString());
    }

    @Test
    @DisplayName("3: a child's segment is not empty and holds no slash")
    void segmentsAreChecked() {
        for (String segment : List.of("", "/", "a/b", "/a", "a/")) {
            assertThrows(IllegalArgumentException.class, () -> Key.ROOT.child(segment));
            byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
            assertThrows(IllegalArgumentException.class, () -> Key.of("x").child(bytes));
        }
    }

    @Test
    @DisplayName("4: parent and name are the reverse of child")
    void parentAndName() {
        Key key = Key.of("a/b");
        Key child = key.child("c");
        assertEquals(key, child.parent());
        assertEquals("c", child.name());
        assertEquals(Key.ROOT, Key.ROOT.parent());
        assertEquals("", Key.ROOT.name());
        assertEquals(0, Key.ROOT.nameBytes().length);
    }

    @Test
    @DisplayName("5: append is associative, and the root is neutral")
    void appendIsAssociative() {
        List<Key> keys = List.of(Key.ROOT, Key.of("a"), Key.of("b/c"), Key.of("a/b/c"));
        for (Key x : keys) {
            assertEquals(x, x.append(Key.ROOT));
            assertEquals(x, Key.ROOT.append(x));
            for (Key y : keys) {
                for (Key z : keys) {
                    assertEquals(x.append(y).append(z), x.append(y.append(z)));
                }
            }
        }
    }

    @Test
    @DisplayName("6: the order is by segments, unsigned bytes, prefix first")
    void orderIsBySegments() {
        List<Key> ordered = List.of(
                Key.ROOT,
                Key.of("a"),
                Key.of("a/b"),
                Key.of("a/b/a"),
                Key.of("a/c"),
                Key.of("a-b"), // '-' comes before '/', yet the segment is longer
                Key.of("ab"),
                Key.of("b"),
                Key.ROOT.child(new byte[] {0x7f}),
                Key.ROOT.child(new byte[] {(byte) 0x80}),
                Key.ROOT.child(new byte[] {(byte) 0xff}));
        List<Key> sorted = new ArrayList<>(ordered);
        Collections.reverse(sorted);
        Collections.sort(sorted);
        assertEquals(ordered, sorted);
    }

    @StoreTest
    @DisplayName("7: segments that are no UTF-8 survive a round trip")
    void anyBytesSurvive(Bench bench) throws StoreException {
        Key key = Key.of("d").child(NO_UTF_8);
        assertArrayEquals(NO_UTF_8, key.nameBytes());
        assertEquals(key, Key.ofBytes(key.toBytes()));
        bench.store().set(key, Bench.bytes(5));

        KeyValueStore store = bench.reopen();

        assertArrayEquals(Bench.bytes(5), store.get(key));
        try (Stream<Entry> entries = store.list(Key.of("d"))) {
            assertEquals(List.of(key), entries.map(Entry::key).toList());
        }
    }

    @Test
    @DisplayName("8: printing escapes control bytes")
    void printingEscapes() {
        String printed = Key.ROOT.child("a\n\u001b[31m\u007fb\\").toString();
        assertFalse(printed.chars().anyMatch(c -> c < 0x20 || c == 0x7f), printed);
        assertTrue(printed.contains("\\x0a") && printed.contains("\\x5c"), printed);
        assertEquals("/\\xff\\xfe\\x01\\x80\\xc3", Key.ROOT.child(NO_UTF_8).toString());
    }

    @StoreTest
    @DisplayName("9: . and .. cannot be written")
    void reservedSegmentsAreRefused(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("a"), Bench.bytes(3));
        for (String path : List.of(".", "..", "d/..", "./x", "d/../a")) {
            Key key = Key.of(path);
            refused(store, Failure.INVALID_REQUEST, () -> store.set(key, new byte[1]));
            refused(store, Failure.INVALID_REQUEST, () -> store.set(key, InputStreams.of(new byte[1])));
            refused(store, Failure.INVALID_REQUEST, () -> store.allocate(key, 1));
            refused(
                    store,
                    Failure.INVALID_REQUEST,
                    () -> store.write(key, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND));
            refused(store, Failure.INVALID_REQUEST, () -> store.rename(Key.of("a"), key, RenameMode.EXACT));
            assertEquals(Optional.empty(), store.kind(key), "never resolved: " + key);
        }
        Optional<Dictionaries> dictionaries = store.facet(Dictionaries.class);
        if (dictionaries.isPresent()) {
            refused(store, Failure.INVALID_REQUEST, () -> dictionaries.get().create(Key.of("..")));
        }
    }
}
