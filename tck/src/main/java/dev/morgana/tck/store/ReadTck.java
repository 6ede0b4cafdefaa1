package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.StoreTest.On;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** Items 10 to 32 and 69 to 73 of the contract: kinds, listings, reading, sizes, times and digests. */
public abstract class ReadTck extends StoreContract {
    private static final Key A = Key.of("a");
    private static final Key MISSING = Key.of("missing");
    private static final Key DEEP = Key.of("p/q/r/s/t/u");

    /** For subclasses. */
    protected ReadTck() {}

    private static List<Entry> list(KeyValueStore store, Key dictionary) throws StoreException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            return entries.toList();
        }
    }

    private static Entry value(String path) {
        return new Entry(Key.of(path), Kind.VALUE);
    }

    private static Entry dictionary(String path) {
        return new Entry(Key.of(path), Kind.DICTIONARY);
    }

    @StoreTest
    @DisplayName("10: the root is a dictionary on an empty store, and lists nothing")
    void emptyStore(Bench bench) throws StoreException {
        assertEquals(Optional.of(Kind.DICTIONARY), bench.store().kind(Key.ROOT));
        assertEquals(List.of(), list(bench.store(), Key.ROOT));
        assertEquals(List.of(), list(bench.reopen(), Key.ROOT));
    }

    @StoreTest
    @DisplayName("11: a missing key, a missing parent, below a value: no kind, no error")
    void nothingHasNoKind(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, new byte[1]);
        for (String path : List.of("missing", "missing/x/y", "a/x", "a/x/y", ".", "a/..")) {
            assertEquals(Optional.empty(), store.kind(Key.of(path)), path);
        }
    }

    @StoreTest
    @DisplayName("12: value and dictionary are told apart")
    void kinds(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("d/v"), new byte[1]);
        assertEquals(Optional.of(Kind.DICTIONARY), store.kind(Key.of("d")));
        assertEquals(Optional.of(Kind.VALUE), store.kind(Key.of("d/v")));
    }

    @StoreTest
    @DisplayName("13: listed keys are absolute")
    void listedKeysAreAbsolute(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(DEEP, new byte[1]);
        assertEquals(List.of(dictionary("p")), list(store, Key.ROOT));
        assertEquals(List.of(value("p/q/r/s/t/u")), list(store, DEEP.parent()));
    }

    @StoreTest
    @DisplayName("14: a listing is not recursive")
    void listingIsNotRecursive(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("d/x"), new byte[1]);
        store.set(Key.of("d/e/y"), new byte[2]);
        store.set(Key.of("dd"), new byte[3]);
        assertEquals(List.of(dictionary("d"), value("dd")), list(store, Key.ROOT));
        assertEquals(List.of(dictionary("d/e"), value("d/x")), list(store, Key.of("d")));
    }

    @StoreTest
    @DisplayName("15: a listing is in path order, whatever the order of insertion")
    void listingIsOrdered(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        List<Key> expected = new ArrayList<>();
        for (String name : List.of("empty", "e", "b", "B", "em", "a-b", "a", "ab", "\u00e9", "z")) {
            store.set(Key.of(name), new byte[0]);
            expected.add(Key.of(name));
        }
        store.set(Key.of("d/x"), new byte[0]);
        expected.add(Key.of("d"));
        Collections.sort(expected);
        assertEquals(expected, list(store, Key.ROOT).stream().map(Entry::key).toList());
        assertEquals(
                expected,
                list(bench.reopen(), Key.ROOT).stream().map(Entry::key).toList());
    }

    @StoreTest
    @DisplayName("16: listing a value fails DictionaryExpected")
    void listingAValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("d/v"), new byte[1]);
        Key key = Key.of("d/v");
        refused(store, Failure.DICTIONARY_EXPECTED, List.of(key, key), () -> store.list(key));
    }

    @StoreTest
    @DisplayName("17: listing a missing key fails NoSuchKey")
    void listingAMissingKey(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, new byte[1]);
        for (String path : List.of("missing", "missing/x", "a/x")) {
            refused(store, Failure.NO_SUCH_KEY, Key.of(path), () -> store.list(Key.of(path)));
        }
    }

    @StoreTest
    @DisplayName("18: there is one entry per name after any overwrite")
    void oneEntryPerName(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("b"), new byte[7]);
        int large = bench.size(3L * bench.variant().geometry().blockSize(), 3);
        for (int size : List.of(0, large, 1, large / 2, 0, large)) {
            store.set(A, Bench.bytes(size));
            assertEquals(List.of(value("a"), value("b")), list(store, Key.ROOT));
            assertArrayEquals(Bench.bytes(size), store.get(A));
        }
        assertEquals(List.of(value("a"), value("b")), list(bench.reopen(), Key.ROOT));
    }

    @StoreTest(On.ROOMIEST)
    @DisplayName("19: 100 dictionaries and 100 values are listed after a reopen")
    void manyEntries(Bench bench) throws StoreException {
        int entries = bench.variant().room().entries();
        assertTrue(entries >= 300, "no variant of the fixture has room for 300 entries, most have " + entries);
        KeyValueStore store = bench.store();
        Set<Key> expected = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            store.set(Key.of("d" + i + "/x"), new byte[] {(byte) i});
            store.set(Key.of("v" + i), new byte[] {(byte) i});
            expected.addAll(List.of(Key.of("d" + i), Key.of("v" + i)));
        }
        store = bench.reopen();
        assertEquals(
                List.copyOf(expected),
                list(store, Key.ROOT).stream().map(Entry::key).toList());
        for (int i = 0; i < 100; i++) {
            assertArrayEquals(new byte[] {(byte) i}, store.get(Key.of("d" + i + "/x")));
            assertArrayEquals(new byte[] {(byte) i}, store.get(Key.of("v" + i)));
        }
    }

    @StoreTest
    @DisplayName("20: a listing is a snapshot")
    void listingIsASnapshot(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, new byte[1]);
        store.set(Key.of("c"), new byte[1]);
        try (Stream<Entry> entries = store.list(Key.ROOT)) {
            store.set(Key.of("b"), new byte[1]);
            store.remove(Key.of("c"));
            assertEquals(List.of(value("a"), value("c")), entries.toList());
        }
        assertEquals(List.of(value("a"), value("b")), list(store, Key.ROOT));
    }

    @StoreTest
    @DisplayName("20: a listing that is closed early holds nothing up")
    void listingsAreClosedEarly(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        for (String name : List.of("a", "b", "c")) {
            store.set(Key.of(name), new byte[1]);
        }
        for (int i = 0; i < 200; i++) {
            try (Stream<Entry> entries = store.list(Key.ROOT)) {
                assertEquals(Optional.of(value("a")), entries.findFirst());
            }
            store.set(Key.of("b"), new byte[] {(byte) i});
        }
        assertEquals(3, list(bench.reopen(), Key.ROOT).size());
    }

    @StoreTest
    @DisplayName("21: round trip of nothing, one byte, and every byte")
    void roundTrip(Bench bench) throws StoreException {
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        List<byte[]> values = List.of(new byte[0], new byte[] {0}, new byte[] {(byte) 0xff}, everyByte);
        for (int i = 0; i < values.size(); i++) {
            bench.store().set(Key.of("v" + i), values.get(i));
            bench.store().set(Key.of("s" + i), InputStreams.of(values.get(i)));
        }
        KeyValueStore store = bench.reopen();
        for (int i = 0; i < values.size(); i++) {
            assertValue(values.get(i), store, Key.of("v" + i));
            assertValue(values.get(i), store, Key.of("s" + i));
        }
    }

    /** The value is what it should be by every way of reading. */
    private static void assertValue(byte[] expected, KeyValueStore store, Key key) throws StoreException {
        assertArrayEquals(expected, store.get(key), key::toString);
        assertEquals(expected.length, store.size(key), key::toString);
        ByteBuffer target = ByteBuffer.allocate(expected.length + 1);
        assertEquals(expected.length, store.read(key, 0, target), key::toString);
        assertEquals(ByteBuffer.wrap(expected), target.flip());
        try (InputStream stream = store.open(key)) {
            assertArrayEquals(expected, stream.readAllBytes(), key::toString);
            assertEquals(-1, stream.read());
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError("stream of " + key + " failed", e);
        }
    }

    @StoreTest
    @DisplayName("22: key and value that are not ASCII")
    void notAscii(Bench bench) throws StoreException {
        Key key = Key.of("cl\u00e9/\u043a\u043b");
        byte[] value = "\u5024 \ud83d\udd11".getBytes(StandardCharsets.UTF_8);
        bench.store().set(key, value);
        assertValue(value, bench.reopen(), key);
        assertEquals(List.of(new Entry(key, Kind.VALUE)), list(bench.store(), key.parent()));
    }

    @StoreTest
    @DisplayName("23: sizes around every threshold: one less, exact, one more")
    void thresholds(Bench bench) throws StoreException {
        for (int size : sizes(bench)) {
            byte[] value = Bench.bytes(size);
            bench.store().set(A, value);
            assertValue(value, bench.store(), A);
            assertValue(value, bench.reopen(), A);
            bench.store().remove(A);
            bench.store().set(A, InputStreams.of(value));
            assertValue(value, bench.reopen(), A);
        }
    }

    private static Set<Integer> sizes(Bench bench) throws StoreException {
        Set<Integer> sizes = new TreeSet<>();
        int block = bench.variant().geometry().blockSize();
        int largest = bench.size(Integer.MAX_VALUE, 1);
        for (int threshold : List.of(block / 4, block, 2 * block, 3 * block)) {
            IntStream.rangeClosed(threshold - 1, threshold + 1)
                    .filter(size -> size >= 0 && size <= largest)
                    .forEach(sizes::add);
        }
        for (int threshold : bench.variant().sizes()) {
            sizes.addAll(List.of(Math.max(0, threshold - 1), threshold, threshold + 1));
        }
        return sizes;
    }

    @StoreTest
    @DisplayName("24: a missing key fails NoSuchKey")
    void missingKey(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, new byte[1]);
        for (String path : List.of("missing", "missing/x", "a/x", "..")) {
            Key key = Key.of(path);
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.get(key));
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.open(key));
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.size(key));
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.totalSize(key));
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.digest(key));
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.lastModified(key));
        }
    }

    @StoreTest
    @DisplayName("25: a dictionary and the root fail ValueExpected")
    void dictionariesHaveNoValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("d/e/v"), new byte[1]);
        for (Key key : List.of(Key.ROOT, Key.of("d"), Key.of("d/e"))) {
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.get(key));
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.open(key));
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.digest(key));
        }
    }

    @StoreTest
    @DisplayName("26: the array that is answered is a copy")
    void answersAreCopies(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(20));
        Arrays.fill(store.get(A), (byte) 0);
        assertArrayEquals(Bench.bytes(20), store.get(A));
    }

    @StoreTest
    @DisplayName("27: the names of the format's own structures are absent on a fresh store")
    void innerNamesAreAbsent(Bench bench) throws StoreException {
        List<Key> names = fixture().innerNames();
        assumeTrue(!names.isEmpty(), "the fixture tells of no such names");
        for (Key name : names) {
            assertEquals(Optional.empty(), bench.store().kind(name), name::toString);
        }
    }

    @StoreTest
    @DisplayName("28: a partial read: inside, across a block, short at the end")
    void partialReads(Bench bench) throws StoreException {
        int block = bench.variant().geometry().blockSize();
        int size = bench.size(3L * block, 2);
        byte[] value = Bench.bytes(size);
        bench.store().set(DEEP, value);
        KeyValueStore store = bench.reopen();
        assertPart(value, store, DEEP, 0, 1);
        assertPart(value, store, DEEP, size / 3, size / 4);
        assertPart(value, store, DEEP, Math.min(size - 1, block - 3), 7);
        assertPart(value, store, DEEP, size - 5, 5);
        assertPart(value, store, DEEP, size - 5, 128);
        assertPart(value, store, DEEP, 0, size + 100);
    }

    /** A partial read fills the target, from its position, up to its limit or the end of the value, and no further. */
    private static void assertPart(byte[] value, KeyValueStore store, Key key, int offset, int length)
            throws StoreException {
        ByteBuffer target = ByteBuffer.allocate(length + 4);
        target.position(2).limit(2 + length);
        int expected = Math.max(0, Math.min(length, value.length - offset));
        assertEquals(expected, store.read(key, offset, target), () -> "bytes read at " + offset);
        assertEquals(2 + expected, target.position(), "position of the target");
        byte[] whole = new byte[length + 4];
        System.arraycopy(value, Math.min(offset, value.length), whole, 2, expected);
        assertArrayEquals(whole, target.array(), () -> length + " bytes at " + offset);
    }

    @StoreTest
    @DisplayName("29: at or beyond the end, or into no room, nothing is read")
    void readsBeyondTheEnd(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(10));
        store.set(Key.of("empty"), new byte[0]);
        for (long offset : List.of(10L, 11L, (long) Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE)) {
            assertEquals(0, store.read(A, offset, ByteBuffer.allocate(5)), () -> "at " + offset);
        }
        assertEquals(0, store.read(A, 3, ByteBuffer.allocate(0)));
        assertEquals(0, store.read(Key.of("empty"), 0, ByteBuffer.allocate(5)));
    }

    @StoreTest
    @DisplayName("30: a negative offset is the caller's bug")
    void negativeOffset(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(10));
        assertThrows(IllegalArgumentException.class, () -> store.read(A, -1, ByteBuffer.allocate(5)));
        assertThrows(IllegalArgumentException.class, () -> store.read(A, Long.MIN_VALUE, ByteBuffer.allocate(5)));
    }

    @StoreTest
    @DisplayName("31: a partial read of a dictionary or missing key fails as get does")
    void partialReadsOfNoValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(Key.of("d/v"), new byte[1]);
        ByteBuffer target = ByteBuffer.allocate(5);
        for (Key key : List.of(Key.ROOT, Key.of("d"))) {
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.read(key, 0, target));
        }
        for (Key key : List.of(MISSING, Key.of("d/v/x"))) {
            refused(store, Failure.NO_SUCH_KEY, key, () -> store.read(key, 0, target));
        }
    }

    @StoreTest
    @DisplayName("32: partial reads at every offset of a value of three blocks are slices of the whole")
    void partialReadsEverywhere(Bench bench) throws StoreException {
        byte[] value = Bench.bytes(bench.size(3L * bench.variant().geometry().blockSize(), 1));
        bench.store().set(A, value);
        KeyValueStore store = bench.reopen();
        for (int offset = 0; offset <= value.length; offset++) {
            assertPart(value, store, A, offset, 13);
        }
    }

    @StoreTest
    @DisplayName("69: the size of a value, of a nested one; a dictionary fails ValueExpected")
    void sizesOfValues(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(5));
        store.set(DEEP, Bench.bytes(7));
        assertEquals(5, store.size(A));
        assertEquals(7, store.size(DEEP));
        for (Key key : List.of(Key.ROOT, Key.of("p"), DEEP.parent())) {
            refused(store, Failure.VALUE_EXPECTED, key, () -> store.size(key));
        }
    }

    @StoreTest
    @DisplayName("70: the total size: of an empty root, nested, after an overwrite, after a removal")
    void totalSizes(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        assertEquals(0, store.totalSize(Key.ROOT));
        store.set(A, Bench.bytes(256));
        store.set(DEEP, Bench.bytes(30));
        store.set(DEEP.parent().child("v"), Bench.bytes(12));
        assertEquals(256, store.totalSize(A));
        assertEquals(42, store.totalSize(Key.of("p/q")));
        assertEquals(298, store.totalSize(Key.ROOT));
        store.set(A, Bench.bytes(10));
        assertEquals(10, store.totalSize(A));
        assertEquals(52, store.totalSize(Key.ROOT));
        store.remove(Key.of("p"));
        refused(store, Failure.NO_SUCH_KEY, Key.of("p"), () -> store.totalSize(Key.of("p")));
        store.remove(A);
        assertEquals(0, store.totalSize(Key.ROOT));
        assertEquals(0, bench.reopen().totalSize(Key.ROOT));
    }

    @StoreTest
    @DisplayName("71: the time of a value: when it was set, later when it is set again, kept across a reopen")
    void times(Bench bench) throws StoreException {
        assumeTrue(
                bench.info().capabilities().contains(Capability.TIMESTAMPS),
                "the store does not have the capability TIMESTAMPS");
        TestClock clock = bench.clock();
        Instant first = clock.instant();
        bench.store().set(A, new byte[1]);
        assertEquals(Optional.of(first), bench.store().lastModified(A));
        clock.tick();
        bench.store().set(Key.of("d/b"), new byte[1]);
        assertEquals(Optional.of(first), bench.store().lastModified(A));
        clock.tick();
        Instant third = clock.instant();
        bench.store().set(A, new byte[2]);
        clock.tick();
        KeyValueStore store = bench.reopen();
        assertEquals(Optional.of(third), store.lastModified(A));
        assertEquals(Optional.of(first.plusSeconds(10)), store.lastModified(Key.of("d/b")));
        assertEquals(Optional.empty(), store.lastModified(Key.of("d")));
        assertEquals(Optional.empty(), store.lastModified(Key.ROOT));
    }

    @StoreTest
    @DisplayName("72: the digest is the SHA-256 of the bytes, and stable across a reopen")
    void digests(Bench bench) throws StoreException, NoSuchAlgorithmException {
        int size = bench.size(2L * bench.variant().geometry().blockSize() + 5, 2);
        bench.store().set(A, Bench.bytes(size));
        bench.store().set(Key.of("empty"), new byte[0]);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(Bench.bytes(size));
        assertArrayEquals(expected, bench.store().digest(A));
        assertArrayEquals(expected, bench.reopen().digest(A));
        assertArrayEquals(
                MessageDigest.getInstance("SHA-256").digest(), bench.store().digest(Key.of("empty")));
    }

    @StoreTest
    @DisplayName("73: equal values have equal digests, and a change changes it")
    void digestsTellValuesApart(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(40));
        store.set(DEEP, Bench.bytes(40));
        byte[] digest = store.digest(A);
        assertArrayEquals(digest, store.digest(DEEP));
        store.set(A, Bench.bytes(41));
        assertNotEquals(ByteBuffer.wrap(digest), ByteBuffer.wrap(store.digest(A)));
        assertArrayEquals(digest, store.digest(DEEP));
        store.set(A, Bench.bytes(40));
        assertArrayEquals(digest, store.digest(A));
    }
}
