package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.StoreTest.On;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** Items 10 to 20 of the contract: kinds and listings. */
abstract class ListContract extends StoreContract {
    private static final Key A = Key.of("a");
    private static final Key DEEP = Key.of("p/q/r/s/t/u");

    static List<Entry> list(KeyValueStore store, Key dictionary) throws StoreException {
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
}
