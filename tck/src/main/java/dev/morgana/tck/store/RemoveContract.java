package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.SetOption;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.store.StoreTest.On;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/** Items 52 to 59 of the contract: removing, and what becomes of the space. */
abstract class RemoveContract extends StoreContract {
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key D = Key.of("d");
    private static final Key NESTED = Key.of("d/e/v");

    static List<Key> children(KeyValueStore store, Key dictionary) throws StoreException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            return entries.map(Entry::key).toList();
        }
    }

    /** So that some dozens of values fill a store. */
    static int fillSize(Bench bench) throws StoreException {
        return Math.max(16, bench.size(VariantContexts.size(bench.variant()) / 64, 1));
    }

    @StoreTest
    @DisplayName("52: a removed value is gone, and the answer is true")
    void removeValue(Bench bench) throws StoreException {
        bench.store().set(A, Bench.bytes(3));
        bench.store()
                .set(
                        NESTED,
                        Bench.bytes(bench.size(2L * bench.variant().geometry().blockSize(), 2)));
        bench.store().set(B, Bench.bytes(5));
        assertTrue(bench.store().remove(A));
        assertTrue(bench.store().remove(NESTED));
        KeyValueStore store = bench.reopen();
        assertEquals(List.of(B), TreeState.of(store).keys());
        refused(store, Failure.NO_SUCH_KEY, A, () -> store.get(A));
    }

    @StoreTest
    @DisplayName("53: removing what is missing, below missing, below a value answers false")
    void removeMissing(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(3));
        TreeState before = TreeState.of(store);
        for (String path : List.of("missing", "missing/x", "a/x", "a/x/y", "aa")) {
            assertFalse(store.remove(Key.of(path)), path);
        }
        assertEquals(before, TreeState.of(store));
    }

    @StoreTest
    @DisplayName("54: a dictionary goes with everything below it")
    void removeDictionary(Bench bench) throws StoreException {
        bench.store().set(NESTED, Bench.bytes(3));
        bench.store().set(Key.of("d/w"), Bench.bytes(4));
        bench.store().set(Key.of("dd/x"), Bench.bytes(5));
        bench.store().set(Key.of("d.x"), Bench.bytes(6));
        assertTrue(bench.store().remove(D));
        KeyValueStore store = bench.reopen();
        assertEquals(List.of(Key.of("d.x"), Key.of("dd/x")), TreeState.of(store).keys());
        assertEquals(List.of(Key.of("dd")), TreeState.of(store).dictionaries());
        assertFalse(store.remove(D));
    }

    @StoreTest
    @DisplayName("55: removing the root is refused; clear empties the store")
    void clear(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(3));
        store.set(NESTED, Bench.bytes(4));
        refused(store, Failure.INVALID_REQUEST, () -> store.remove(Key.ROOT));
        store.clear();
        assertEquals(List.of(), children(store, Key.ROOT));
        store.clear();
        assertEquals(List.of(), children(bench.reopen(), Key.ROOT));
        bench.store().set(A, Bench.bytes(5));
        assertEquals(List.of(A), children(bench.store(), Key.ROOT));
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("56: space returns: fill, clear, fill the same again")
    void spaceReturns(Bench bench) throws StoreException {
        int size = fillSize(bench);
        int first = Space.fill(bench.store(), size).size();
        bench.store().clear();
        int second = Space.fill(bench.store(), size).size();
        bench.store().clear();
        int third = Space.fill(bench.reopen(), size).size();
        int least = first - fixture().refillSlack();
        assertTrue(
                second >= least && third >= least,
                () -> first + " values of " + size + " bytes fit at first, then " + second + ", then " + third);
    }

    @StoreTest
    @DisplayName("57: of a, b, c remove a, then b: exactly c is left")
    void removeInOrder(Bench bench) throws StoreException {
        for (Key key : List.of(A, B, Key.of("c"))) {
            bench.store().set(key, Bench.bytes(key.name().charAt(0)));
        }
        assertTrue(bench.store().remove(A));
        assertTrue(bench.store().remove(B));
        assertEquals(List.of(Key.of("c")), children(bench.store(), Key.ROOT));
        assertArrayEquals(Bench.bytes('c'), bench.reopen().get(Key.of("c")));
        assertEquals(List.of(Key.of("c")), children(bench.store(), Key.ROOT));
    }

    @StoreTest
    @DisplayName("58: when its last child is removed, a dictionary stays or goes as the capability says")
    void lastChild(Bench bench) throws StoreException {
        bench.store().set(NESTED, Bench.bytes(3));
        bench.store().set(B, Bench.bytes(3));
        bench.store().remove(NESTED);
        boolean stays = bench.info().capabilities().contains(Capability.EXPLICIT_DICTIONARIES);
        List<Key> expected = stays ? List.of(D, NESTED.parent()) : List.of();
        assertEquals(expected, TreeState.of(bench.store()).dictionaries());
        assertEquals(expected, TreeState.of(bench.reopen()).dictionaries());
    }

    @StoreTest
    @DisplayName("59: remove, then set again")
    void removeAndSetAgain(Bench bench) throws StoreException {
        for (int i = 1; i < 10; i++) {
            bench.store().set(NESTED, Bench.bytes(i));
            assertArrayEquals(Bench.bytes(i), bench.store().get(NESTED));
            assertTrue(bench.store().remove(i % 2 == 0 ? NESTED : D));
            assertEquals(Optional.empty(), bench.store().kind(NESTED));
        }
        bench.store().set(D, Bench.bytes(40), SetOption.REPLACE_DICTIONARY);
        assertArrayEquals(Bench.bytes(40), bench.reopen().get(D));
    }
}
