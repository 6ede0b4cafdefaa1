package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.function.Executable;

/** What {@link FlatStore} promises of raw keys (items R1 and on). Skipped for formats that are trees by nature. */
public abstract class FlatStoreTck extends StoreContract {
    private static final byte[] A = {'a'};

    /** Keys that are no path, that are no text, and that are prefixes of each other. */
    private static final List<byte[]> KEYS = List.of(
            new byte[] {0},
            new byte[] {0, 0},
            raw("/"),
            raw("//"),
            raw("/a"),
            raw("a"),
            raw("a/"),
            raw("a//b"),
            raw("a/b"),
            new byte[] {(byte) 0x7f},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xff, 0},
            new byte[] {(byte) 0xff, (byte) 0xff});

    /** For subclasses. */
    protected FlatStoreTck() {}

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FlatStore flat(Bench bench) throws StoreException {
        Optional<FlatStore> flat = bench.flat();
        assumeTrue(flat.isPresent(), "the format is a tree, not a flat store");
        return flat.orElseThrow();
    }

    private static FlatStore reopened(Bench bench) throws StoreException {
        bench.reopen();
        return flat(bench);
    }

    /** The keys of a store, in order. */
    private static List<String> keys(FlatStore store) throws StoreException {
        try (Stream<byte[]> keys = store.keys()) {
            return keys.map(Key::escape).sorted().toList();
        }
    }

    private static List<String> escaped(List<byte[]> keys) {
        return keys.stream().map(Key::escape).sorted().toList();
    }

    /** The keys that the format can tell apart. */
    private List<byte[]> rawKeys() {
        return KEYS.stream().filter(fixture()::canHold).toList();
    }

    @StoreTest
    @DisplayName("R1: any bytes are a key")
    void anyKey(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        for (byte[] key : rawKeys()) {
            store.put(key, Bench.bytes(key.length + key[0] & 0xff));
        }
        store = reopened(bench);
        assertEquals(escaped(rawKeys()), keys(store));
        for (byte[] key : rawKeys()) {
            byte[] expected = Bench.bytes(key.length + key[0] & 0xff);
            assertArrayEquals(expected, store.get(key).orElseThrow(), () -> Key.escape(key));
            assertTrue(store.remove(key));
        }
        assertEquals(List.of(), keys(store));
    }

    @StoreTest
    @DisplayName("R1: a key that the format cannot tell from another is refused beside it, and changes nothing")
    void keysThatCollide(Bench bench) throws StoreException {
        List<byte[]> colliding =
                KEYS.stream().filter(key -> !fixture().canHold(key)).toList();
        assumeTrue(!colliding.isEmpty(), "the format tells all keys apart");
        FlatStore store = flat(bench);
        List<byte[]> held = new ArrayList<>();
        for (byte[] key : colliding) {
            try {
                store.put(key, key);
                held.add(key);
            } catch (InvalidRequestException e) {
                assertEquals(Optional.empty(), store.get(key));
            }
        }
        store = reopened(bench);
        assertEquals(escaped(held), keys(store));
        for (byte[] key : held) {
            assertArrayEquals(key, store.get(key).orElseThrow());
        }
    }

    @StoreTest
    @DisplayName("R2: an empty key is kept, or refused as beyond the limits")
    void emptyKey(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        byte[] empty = new byte[0];
        assertEquals(Optional.empty(), store.get(empty));
        assertFalse(store.remove(empty));
        try {
            store.put(empty, Bench.bytes(3));
        } catch (LimitExceededException e) {
            assertEquals(List.of(), keys(store));
            return;
        }
        store = reopened(bench);
        assertArrayEquals(Bench.bytes(3), store.get(empty).orElseThrow());
        assertTrue(store.remove(empty));
    }

    @StoreTest
    @DisplayName("R3: a key that is not bound is answered with empty, by every way of reading")
    void missing(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        store.put(raw("ab"), Bench.bytes(3));
        assertEquals(Optional.empty(), store.get(A));
        assertEquals(Optional.empty(), store.open(A));
        assertEquals(OptionalInt.empty(), store.read(A, 0, ByteBuffer.allocate(1)));
        assertEquals(OptionalLong.empty(), store.size(A));
        assertFalse(store.remove(A));
    }

    @StoreTest
    @DisplayName("R4: a value is put, replaced and read, as array and as stream")
    void values(Bench bench) throws IOException {
        int large = bench.size(2L * bench.variant().geometry().blockSize() + 5, 3);
        for (int size : List.of(10, 0, large, 1, large / 2)) {
            byte[] value = Bench.bytes(size);
            flat(bench).put(A, value);
            expectValue(value, flat(bench));
            flat(bench).put(A, InputStreams.of(value));
            expectValue(value, reopened(bench));
        }
    }

    private static void expectValue(byte[] value, FlatStore store) throws IOException {
        assertArrayEquals(value, store.get(A).orElseThrow());
        assertEquals(OptionalLong.of(value.length), store.size(A));
        try (InputStream stream = store.open(A).orElseThrow()) {
            assertArrayEquals(value, stream.readAllBytes());
        }
        int offset = value.length / 3;
        ByteBuffer target = ByteBuffer.allocate(value.length + 1);
        assertEquals(OptionalInt.of(value.length - offset), store.read(A, offset, target));
        assertEquals(ByteBuffer.wrap(value, offset, value.length - offset), target.flip());
        assertEquals(OptionalInt.of(0), store.read(A, value.length, ByteBuffer.allocate(3)));
        assertEquals(OptionalInt.of(0), store.read(A, Long.MAX_VALUE, ByteBuffer.allocate(3)));
        assertThrows(IllegalArgumentException.class, () -> store.read(A, -1, ByteBuffer.allocate(3)));
    }

    @StoreTest
    @DisplayName("R5: arrays given and answered are not shared with the store")
    void copies(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        byte[] key = raw("key");
        byte[] value = Bench.bytes(10);
        store.put(key, value);
        Arrays.fill(key, (byte) 'x');
        Arrays.fill(value, (byte) 0);
        Arrays.fill(store.get(raw("key")).orElseThrow(), (byte) 1);
        try (Stream<byte[]> keys = store.keys()) {
            keys.forEach(answered -> Arrays.fill(answered, (byte) 'y'));
        }
        assertEquals(List.of("key"), keys(store));
        assertArrayEquals(Bench.bytes(10), store.get(raw("key")).orElseThrow());
    }

    @StoreTest
    @DisplayName("R6: the keys are those of the call, each once")
    void keysAreASnapshot(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        for (String key : List.of("b", "a", "c", "a")) {
            store.put(raw(key), raw(key));
        }
        try (Stream<byte[]> keys = store.keys()) {
            store.put(raw("d"), raw("d"));
            store.remove(raw("a"));
            assertEquals(List.of("a", "b", "c"), keys.map(Key::escape).sorted().toList());
        }
        assertEquals(List.of("b", "c", "d"), keys(store));
    }

    @StoreTest
    @DisplayName("R7: clear removes every key")
    void clearFlat(Bench bench) throws StoreException {
        for (byte[] key : rawKeys()) {
            flat(bench).put(key, Bench.bytes(5));
        }
        flat(bench).clear();
        assertEquals(List.of(), keys(flat(bench)));
        assertEquals(List.of(), keys(reopened(bench)));
        flat(bench).put(A, Bench.bytes(5));
        assertEquals(List.of("a"), keys(reopened(bench)));
    }

    @StoreTest
    @DisplayName("R8: a scan gives every record in the order of unsigned bytes")
    void scan(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        Optional<OrderedScan> scan = store.facet(OrderedScan.class);
        assumeTrue(scan.isPresent(), "the store does not have the facet OrderedScan");
        Map<byte[], byte[]> expected = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < KEYS.size(); i++) {
            byte[] key = KEYS.get(KEYS.size() - 1 - i);
            expected.put(key, Bench.bytes(i));
            store.put(key, Bench.bytes(i));
        }
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = scan.get().scan(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.next()) {
                keys.add(cursor.key());
                assertArrayEquals(expected.get(cursor.key()), cursor.value());
            }
        }
        assertEquals(
                expected.keySet().stream().map(Key::escape).toList(),
                keys.stream().map(Key::escape).toList());
    }

    @StoreTest
    @DisplayName("R9: the tree shows the raw keys that are paths, and passes over the others")
    void tree(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        for (String key : List.of("a", "b/c", "b//d", "e/", "/f")) {
            store.put(raw(key), raw(key));
        }
        assertArrayEquals(raw("a"), bench.store().get(Key.of("a")));
        assertArrayEquals(raw("b/c"), bench.store().get(Key.of("b/c")));
        for (String path : List.of("b/d", "e", "f")) {
            assertEquals(Optional.empty(), bench.store().kind(Key.of(path)), path);
        }
        bench.store().set(Key.of("g/h"), raw("new"));
        assertArrayEquals(raw("new"), store.get(raw("g/h")).orElseThrow());
    }

    @StoreTest
    @DisplayName("R10: closing twice is legal; any later call is IllegalState")
    void closedFlat(Bench bench) throws StoreException {
        FlatStore store = flat(bench);
        store.put(A, Bench.bytes(3));
        store.close();
        store.close();
        List<Executable> calls = List.of(
                store::info,
                store::flush,
                () -> store.facet(OrderedScan.class),
                () -> store.get(A),
                () -> store.open(A),
                () -> store.read(A, 0, ByteBuffer.allocate(1)),
                () -> store.size(A),
                () -> store.keys().close(),
                () -> store.put(A, new byte[1]),
                () -> store.put(A, InputStreams.of(new byte[1])),
                () -> store.remove(A),
                store::clear);
        assertAll(calls.stream().map(call -> () -> assertThrows(IllegalStateException.class, call)));
        assertThrows(IllegalStateException.class, bench.store()::info, "closing the flat store closes the tree");
        bench.closeStore();
    }
}
