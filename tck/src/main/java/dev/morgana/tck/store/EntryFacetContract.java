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
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.TreeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;

/** Items F1 to F3: facets that concern one value or dictionary. */
abstract class EntryFacetContract extends StoreContract {
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key D = Key.of("d");
    private static final Key NESTED = Key.of("d/v");

    /** A facet of the store as it is open now; without it the test is skipped. */
    static <F extends Facet> F facet(Bench bench, Class<F> type) throws StoreException {
        Optional<F> facet = bench.store().facet(type);
        assumeTrue(facet.isPresent(), () -> "the store does not have the facet " + type.getSimpleName());
        return facet.orElseThrow();
    }

    @StoreTest
    @DisplayName("F1: attributes are kept beside values and dictionaries")
    void attributes(Bench bench) throws StoreException {
        UserAttributes attributes = facet(bench, UserAttributes.class);
        bench.store().set(A, Bench.bytes(20));
        bench.store().set(NESTED, Bench.bytes(3));
        assertEquals(new TreeSet<>(), attributes.types(A));
        for (Key key : List.of(A, D)) {
            attributes.set(key, 255, new byte[] {1});
            attributes.set(key, 0, new byte[] {2, 3});
            attributes.set(key, 0, new byte[] {4, 5, 6});
            attributes.set(key, 100, new byte[0]);
        }
        bench.reopen();
        attributes = facet(bench, UserAttributes.class);
        for (Key key : List.of(A, D)) {
            assertEquals(new TreeSet<>(List.of(0, 100, 255)), attributes.types(key));
            assertArrayEquals(new byte[] {4, 5, 6}, attributes.get(key, 0).orElseThrow());
            assertArrayEquals(new byte[0], attributes.get(key, 100).orElseThrow());
            assertEquals(Optional.empty(), attributes.get(key, 1));
            assertTrue(attributes.remove(key, 0));
            assertFalse(attributes.remove(key, 0));
            assertEquals(new TreeSet<>(List.of(100, 255)), attributes.types(key));
        }
        assertArrayEquals(Bench.bytes(20), bench.store().get(A));
    }

    @StoreTest
    @DisplayName("F1: attributes move with a value, and go with it")
    void attributesMove(Bench bench) throws StoreException {
        UserAttributes attributes = facet(bench, UserAttributes.class);
        bench.store().set(A, Bench.bytes(20));
        attributes.set(A, 7, new byte[] {1});
        bench.store().rename(A, NESTED, RenameMode.EXACT);
        assertArrayEquals(new byte[] {1}, attributes.get(NESTED, 7).orElseThrow());
        bench.store().remove(NESTED);
        bench.store().set(NESTED, Bench.bytes(5));
        assertEquals(new TreeSet<>(), attributes.types(NESTED));
    }

    @StoreTest
    @DisplayName("F1: attributes of a missing key fail NoSuchKey; their types are 0 to 255")
    void attributesRefused(Bench bench) throws StoreException {
        UserAttributes attributes = facet(bench, UserAttributes.class);
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(20));
        refused(store, Failure.NO_SUCH_KEY, B, () -> attributes.types(B));
        refused(store, Failure.NO_SUCH_KEY, B, () -> attributes.get(B, 1));
        refused(store, Failure.NO_SUCH_KEY, B, () -> attributes.set(B, 1, new byte[1]));
        refused(store, Failure.NO_SUCH_KEY, B, () -> attributes.remove(B, 1));
        for (int type : List.of(-1, 256)) {
            assertThrows(IllegalArgumentException.class, () -> attributes.get(A, type));
            assertThrows(IllegalArgumentException.class, () -> attributes.set(A, type, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> attributes.remove(A, type));
        }
        refused(store, Failure.LIMIT_EXCEEDED, () -> attributes.set(A, 1, new byte[1 << 16]));
    }

    @StoreTest
    @DisplayName("F2: an empty dictionary is made, kept, and removed")
    void dictionaries(Bench bench) throws StoreException {
        facet(bench, Dictionaries.class).create(D);
        facet(bench, Dictionaries.class).create(Key.of("d/e"));
        assertEquals(List.of(D, Key.of("d/e")), TreeState.of(bench.reopen()).dictionaries());
        facet(bench, Dictionaries.class).removeEmpty(Key.of("d/e"));
        facet(bench, Dictionaries.class).removeEmpty(D);
        assertEquals(List.of(), TreeState.of(bench.reopen()).dictionaries());
    }

    @StoreTest
    @DisplayName("F2: a dictionary is not made where something is, or without a parent")
    void dictionariesNotMade(Bench bench) throws StoreException {
        Dictionaries dictionaries = facet(bench, Dictionaries.class);
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        for (Key key : List.of(D, NESTED, Key.ROOT)) {
            refused(store, Failure.KEY_EXISTS, key, () -> dictionaries.create(key));
        }
        Key orphan = Key.of("n/o");
        refused(store, Failure.NO_SUCH_KEY, orphan, () -> dictionaries.create(orphan));
        Key below = NESTED.child("x");
        refused(store, Failure.DICTIONARY_EXPECTED, List.of(below, NESTED), () -> dictionaries.create(below));
    }

    @StoreTest
    @DisplayName("F2: a dictionary is not removed if it is missing, a value, not empty, or the root")
    void dictionariesNotRemoved(Bench bench) throws StoreException {
        Dictionaries dictionaries = facet(bench, Dictionaries.class);
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(3));
        refused(store, Failure.NO_SUCH_KEY, B, () -> dictionaries.removeEmpty(B));
        refused(store, Failure.DICTIONARY_EXPECTED, List.of(NESTED, NESTED), () -> dictionaries.removeEmpty(NESTED));
        KeyExistsException e =
                (KeyExistsException) refused(store, Failure.KEY_EXISTS, NESTED, () -> dictionaries.removeEmpty(D));
        assertSame(Kind.VALUE, e.found());
        refused(store, Failure.INVALID_REQUEST, () -> dictionaries.removeEmpty(Key.ROOT));
    }

    @StoreTest
    @DisplayName("F3: the time of a value is set, and nothing else")
    void timestamps(Bench bench) throws StoreException {
        Timestamps timestamps = facet(bench, Timestamps.class);
        KeyValueStore store = bench.store();
        store.set(NESTED, Bench.bytes(30));
        Instant time = Instant.parse("1999-12-31T23:59:58Z");
        timestamps.setLastModified(NESTED, time);
        refused(store, Failure.NO_SUCH_KEY, B, () -> timestamps.setLastModified(B, time));
        assertEquals(Optional.of(time), bench.reopen().lastModified(NESTED));
        assertArrayEquals(Bench.bytes(30), bench.store().get(NESTED));
    }
}
