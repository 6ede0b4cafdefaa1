package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;

/** Items 10 to 32 and 69 to 73 of the contract: kinds, listings, reading, sizes, times and digests. */
public abstract class ReadTck extends ListContract {
    private static final Key A = Key.of("a");
    private static final Key MISSING = Key.of("missing");
    private static final Key DEEP = Key.of("p/q/r/s/t/u");

    /** For subclasses. */
    protected ReadTck() {}

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
