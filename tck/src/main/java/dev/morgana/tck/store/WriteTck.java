package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.SetOption;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.store.StoreTest.On;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;

/** Items 33 to 59 of the contract: setting, writing, allocating and removing. */
public abstract class WriteTck extends RemoveContract {
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key D = Key.of("d");
    private static final Key NESTED = Key.of("d/e/v");

    /** For subclasses. */
    protected WriteTck() {}

    private static void write(KeyValueStore store, Key key, long offset, byte[] bytes, BeyondEnd rule)
            throws StoreException {
        ByteBuffer source = ByteBuffer.allocate(bytes.length + 2).put(1, bytes).position(1);
        source.limit(1 + bytes.length);
        store.write(key, offset, source, rule);
        assertFalse(source.hasRemaining(), "the position of the source is at its limit");
    }

    @StoreTest
    @DisplayName("33: a value is overwritten by a shorter, an equal and a longer one")
    void overwrite(Bench bench) throws StoreException {
        bench.store().set(B, Bench.bytes(9));
        int large = bench.size(2L * bench.variant().geometry().blockSize(), 3);
        for (int size : List.of(20, 10, 10, 30, large, 5, large, large / 2)) {
            bench.store().set(A, Bench.bytes(size));
            assertArrayEquals(Bench.bytes(size), bench.store().get(A));
            assertArrayEquals(Bench.bytes(size), bench.reopen().get(A));
        }
        assertArrayEquals(Bench.bytes(9), bench.store().get(B));
    }

    @StoreTest
    @DisplayName("34: missing parents appear")
    void parentsAppear(Bench bench) throws StoreException {
        bench.store().set(Key.of("p/q/r/s/t/u"), Bench.bytes(3));
        KeyValueStore store = bench.reopen();
        for (int depth = 1; depth < 6; depth++) {
            assertEquals(
                    Optional.of(Kind.DICTIONARY),
                    store.kind(Key.of("p/q/r/s/t/u").ancestor(depth)));
        }
    }

    @StoreTest
    @DisplayName("35: a parent that is a value fails DictionaryExpected and names the ancestor")
    void parentIsAValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        for (Key key : List.of(NESTED.child("x"), NESTED.child("x").child("y"))) {
            List<Key> keys = List.of(key, NESTED);
            refused(store, Failure.DICTIONARY_EXPECTED, keys, () -> store.set(key, new byte[1]));
            refused(
                    store,
                    Failure.DICTIONARY_EXPECTED,
                    keys,
                    () -> store.set(key, new byte[1], SetOption.REPLACE_DICTIONARY));
            refused(store, Failure.DICTIONARY_EXPECTED, keys, () -> store.set(key, InputStreams.of(new byte[1])));
            refused(store, Failure.DICTIONARY_EXPECTED, keys, () -> store.allocate(key, 1));
            refused(
                    store,
                    Failure.DICTIONARY_EXPECTED,
                    keys,
                    () -> store.write(key, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND));
        }
    }

    @StoreTest
    @DisplayName("36: setting the root fails")
    void rootIsNoValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(3));
        refused(store, Failure.VALUE_EXPECTED, Key.ROOT, () -> store.set(Key.ROOT, new byte[1]));
        refused(
                store,
                Failure.VALUE_EXPECTED,
                Key.ROOT,
                () -> store.set(Key.ROOT, new byte[1], SetOption.REPLACE_DICTIONARY));
        refused(
                store,
                Failure.VALUE_EXPECTED,
                Key.ROOT,
                () -> store.write(Key.ROOT, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND));
    }

    @StoreTest
    @DisplayName("37: setting a dictionary fails ValueExpected")
    void dictionaryIsNoValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        for (Key key : List.of(D, NESTED.parent())) {
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.set(key, new byte[1]));
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.set(key, InputStreams.of(new byte[1])));
        }
    }

    @StoreTest
    @DisplayName("38: with REPLACE_DICTIONARY it becomes a value, and its children are gone")
    void replaceDictionary(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        store.set(Key.of("d/w"), Bench.bytes(4));
        store.set(B, Bench.bytes(5));
        store.set(D, Bench.bytes(6), SetOption.REPLACE_DICTIONARY);
        assertReplaced(store);
        store = bench.reopen();
        assertReplaced(store);
        assertTrue(store.remove(D));
        assertEquals(Optional.empty(), store.kind(D), "children of the dictionary came back");
        store.set(NESTED, Bench.bytes(7));
        assertEquals(List.of(NESTED.parent()), children(store, D));
    }

    private static void assertReplaced(KeyValueStore store) throws StoreException {
        assertEquals(List.of(B, D), TreeState.of(store).keys());
        assertEquals(List.of(), TreeState.of(store).dictionaries());
        assertArrayEquals(Bench.bytes(6), store.get(D));
        for (Key key : List.of(NESTED, NESTED.parent(), Key.of("d/w"))) {
            assertEquals(Optional.empty(), store.kind(key), key::toString);
        }
    }

    @StoreTest
    @DisplayName("39: the source array may be changed afterwards")
    void sourceIsCopied(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        byte[] source = Bench.bytes(30);
        store.set(A, source);
        ByteBuffer part = ByteBuffer.wrap(Bench.bytes(5));
        store.write(B, 0, part, BeyondEnd.APPEND);
        Arrays.fill(source, (byte) 0);
        Arrays.fill(part.array(), (byte) 0);
        assertArrayEquals(Bench.bytes(30), store.get(A));
        assertArrayEquals(Bench.bytes(5), store.get(B));
    }

    @StoreTest
    @DisplayName("39: a source stream is read to its end, is not closed, and may come from the store itself")
    void sourceStream(Bench bench) throws IOException {
        int size = bench.size(2L * bench.variant().geometry().blockSize() + 3, 4);
        AtomicBoolean closed = new AtomicBoolean();
        InputStream source = new ByteArrayInputStream(Bench.bytes(size)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        bench.store().set(A, source);
        assertEquals(-1, source.read());
        assertFalse(closed.get(), "the stream is its caller's to close");
        try (InputStream other = bench.store().open(A)) {
            bench.store().set(NESTED, other);
        }
        try (InputStream itself = bench.store().open(A)) {
            bench.store().set(A, itself);
        }
        assertArrayEquals(Bench.bytes(size), bench.store().get(NESTED));
        assertArrayEquals(Bench.bytes(size), bench.reopen().get(A));
    }

    @StoreTest
    @DisplayName("39: a source stream that fails leaves the old value, and its error is the cause")
    void sourceStreamFails(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(30));
        IOException failure = new IOException("stream fails");
        int size = bench.size(2L * bench.variant().geometry().blockSize(), 4);
        for (Key key : List.of(A, NESTED)) {
            StoreException e = refused(
                    store,
                    Failure.CALLER_STREAM,
                    () -> store.set(key, InputStreams.failingAfter(Bench.bytes(size), failure)));
            assertSame(failure, e.getCause());
        }
        assertArrayEquals(Bench.bytes(30), bench.reopen().get(A));
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("40: the same value set 2000 times is one entry, and takes the space of one")
    void manyOverwrites(Bench bench) throws StoreException {
        int size = fillSize(bench);
        int fresh = Space.fill(bench.store(), size).size();
        bench.format();
        for (int i = 0; i < 2000; i++) {
            bench.store().set(A, Bench.bytes(5));
        }
        assertEquals(List.of(A), children(bench.reopen(), Key.ROOT));
        bench.store().remove(A);
        int used = Space.fill(bench.store(), size).size();
        assertTrue(
                used >= fresh - fixture().refillSlack(),
                () -> used + " values of " + size + " bytes fit, on a fresh store " + fresh);
    }

    @StoreTest
    @DisplayName("41: a write inside the value, and one that makes it longer")
    void writes(Bench bench) throws StoreException {
        int size = bench.size(3L * bench.variant().geometry().blockSize(), 3);
        byte[] expected = Bench.bytes(size);
        bench.store().set(NESTED, expected);
        for (int offset : List.of(0, 1, size / 3, size - 7)) {
            byte[] part = new byte[] {1, 2, 3, 4, 5, 6, (byte) offset};
            write(bench.store(), NESTED, offset, part, BeyondEnd.REFUSE);
            System.arraycopy(part, 0, expected, offset, part.length);
            assertArrayEquals(expected, bench.store().get(NESTED));
        }
        byte[] longer = Arrays.copyOf(expected, size + 20);
        Arrays.fill(longer, size - 5, size + 20, (byte) 0x33);
        write(bench.store(), NESTED, size - 5, Arrays.copyOfRange(longer, size - 5, size + 20), BeyondEnd.REFUSE);
        assertArrayEquals(longer, bench.store().get(NESTED));
        write(bench.store(), NESTED, size + 20, new byte[] {9}, BeyondEnd.REFUSE);
        assertEquals(size + 21, bench.reopen().size(NESTED));
    }

    @StoreTest
    @DisplayName("42: beyond the end: APPEND, ZERO_FILL and REFUSE")
    void beyondTheEnd(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        for (Key key : List.of(A, B, D)) {
            store.set(key, new byte[] {1, 2, 3});
        }
        write(store, A, 5, new byte[] {7}, BeyondEnd.APPEND);
        write(store, B, 5, new byte[] {7}, BeyondEnd.ZERO_FILL);
        refused(store, Failure.INVALID_REQUEST, () -> write(store, D, 5, new byte[] {7}, BeyondEnd.REFUSE));
        assertArrayEquals(new byte[] {1, 2, 3, 7}, store.get(A));
        assertArrayEquals(new byte[] {1, 2, 3, 0, 0, 7}, store.get(B));
        assertArrayEquals(new byte[] {1, 2, 3}, store.get(D));
        assertThrows(
                IllegalArgumentException.class, () -> store.write(A, -1, ByteBuffer.allocate(1), BeyondEnd.APPEND));
    }

    @StoreTest
    @DisplayName("42: a gap of more than a block is filled with zeros")
    void wideGap(Bench bench) throws StoreException {
        int gap = bench.size(2L * bench.variant().geometry().blockSize(), 3);
        bench.store().set(A, new byte[] {1, 2, 3});
        write(bench.store(), A, gap, new byte[] {7}, BeyondEnd.ZERO_FILL);
        byte[] expected = Arrays.copyOf(new byte[] {1, 2, 3}, gap + 1);
        expected[gap] = 7;
        assertArrayEquals(expected, bench.reopen().get(A));
    }

    @StoreTest
    @DisplayName("43: a write to a missing key creates it, with its parents")
    void writeCreates(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        write(store, A, 0, new byte[] {1, 2}, BeyondEnd.REFUSE);
        write(store, NESTED, 3, new byte[] {1, 2}, BeyondEnd.ZERO_FILL);
        write(store, Key.of("d/w"), 3, new byte[] {1, 2}, BeyondEnd.APPEND);
        assertArrayEquals(new byte[] {1, 2}, store.get(A));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 2}, store.get(NESTED));
        assertArrayEquals(new byte[] {1, 2}, store.get(Key.of("d/w")));
        refused(
                store,
                Failure.INVALID_REQUEST,
                () -> write(store, Key.of("missing"), 1, new byte[1], BeyondEnd.REFUSE));
    }

    @StoreTest
    @DisplayName("44: a write to a dictionary fails ValueExpected")
    void writeToADictionary(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        refused(store, Failure.VALUE_EXPECTED, D, () -> write(store, D, 0, new byte[1], BeyondEnd.APPEND));
    }

    @StoreTest
    @DisplayName("45: a write of nothing changes nothing")
    void writeOfNothing(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(3));
        TreeState before = TreeState.of(store);
        write(store, A, 0, new byte[0], BeyondEnd.REFUSE);
        write(store, A, 2, new byte[0], BeyondEnd.APPEND);
        write(store, A, 9, new byte[0], BeyondEnd.ZERO_FILL);
        write(store, A, 9, new byte[0], BeyondEnd.APPEND);
        write(store, NESTED, 0, new byte[0], BeyondEnd.APPEND);
        assertEquals(before, TreeState.of(store));
    }

    @StoreTest
    @DisplayName("46: a value grows from little to blocks and shrinks back; right after a reopen")
    void growsAndShrinks(Bench bench) throws StoreException {
        bench.store().set(B, Bench.bytes(8));
        int large = bench.size(3L * bench.variant().geometry().blockSize(), 3);
        for (int size = 4; size < large; size *= 3) {
            write(bench.store(), A, 0, Bench.bytes(size), BeyondEnd.APPEND);
            assertArrayEquals(Bench.bytes(size), bench.reopen().get(A));
        }
        for (int size = large; size > 0; size /= 3) {
            bench.store().set(A, Bench.bytes(size));
            assertArrayEquals(Bench.bytes(size), bench.reopen().get(A));
        }
        assertArrayEquals(Bench.bytes(8), bench.store().get(B));
    }

    @StoreTest
    @DisplayName("46: overwriting several values by turns keeps the others")
    void overwritingByTurns(Bench bench) throws StoreException {
        // The sizes are those of old reports against chamelon (regressions in its own tests).
        KeyValueStore store = bench.store();
        int[][] steps = {{2, 0x400}, {0, 0x300}, {3, 0x7f}, {0, 0x3e}, {1, 5}, {3, 0x7f}, {4, 67}, {4, 127}, {4, 1}};
        int[] sizes = {-1, -1, -1, -1, -1};
        for (int[] step : steps) {
            int size = bench.size(step[1], 6);
            store.set(Key.of("f" + step[0]), Bench.bytes(size));
            sizes[step[0]] = size;
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] >= 0) {
                    assertArrayEquals(Bench.bytes(sizes[i]), store.get(Key.of("f" + i)));
                }
            }
        }
    }

    @StoreTest
    @DisplayName("47: zeros of the size asked for, none included")
    void allocate(Bench bench) throws StoreException {
        int large = bench.size(2L * bench.variant().geometry().blockSize() + 1, 2);
        bench.store().allocate(A, 0);
        bench.store().allocate(B, 7);
        bench.store().allocate(Key.of("c"), large);
        KeyValueStore store = bench.reopen();
        assertArrayEquals(new byte[0], store.get(A));
        assertArrayEquals(new byte[7], store.get(B));
        assertArrayEquals(new byte[large], store.get(Key.of("c")));
        assertThrows(IllegalArgumentException.class, () -> store.allocate(D, -1));
        assertEquals(Optional.empty(), store.kind(D));
    }

    @StoreTest
    @DisplayName("48: allocating where a value or dictionary is fails KeyExists")
    void allocateExisting(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        for (Key key : List.of(NESTED, D, Key.ROOT)) {
            refused(store, Failure.KEY_EXISTS, key, () -> store.allocate(key, 5));
        }
    }

    @StoreTest
    @DisplayName("49: a time given to allocate is kept")
    void allocateWithTime(Bench bench) throws StoreException {
        Optional<Timestamps> timestamps = bench.store().facet(Timestamps.class);
        assumeTrue(timestamps.isPresent(), "the store does not have the facet Timestamps");
        Instant time = Instant.parse("2001-02-03T04:05:06Z");
        timestamps.get().allocate(NESTED, 10, time);
        KeyValueStore store = bench.reopen();
        assertEquals(Optional.of(time), store.lastModified(NESTED));
        assertArrayEquals(new byte[10], store.get(NESTED));
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("50: allocating more than the free space fails NoSpace and leaves no key")
    void allocateTooMuch(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        int size = Math.max(1, bench.size(VariantContexts.size(bench.variant()) / 16, 1));
        Space.fill(store, size);
        // A format whose values are small refuses by its limit what is larger than that.
        long asked = Math.max(size, Math.min(VariantContexts.size(bench.variant()), bench.valueLimit()));
        refused(store, Failure.NO_SPACE, () -> store.allocate(Key.of("x"), asked));
        refused(store, Failure.NO_SPACE, () -> store.allocate(Key.of("y/x"), asked));
    }

    @StoreTest
    @DisplayName("51: missing parents appear when a key is allocated")
    void allocateMakesParents(Bench bench) throws StoreException {
        bench.store().allocate(NESTED, 5);
        assertArrayEquals(new byte[5], bench.reopen().get(NESTED));
    }
}
