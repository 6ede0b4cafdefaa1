package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.TreeState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/** Items 60 to 68 of the contract: moving values and dictionaries. */
public abstract class RenameTck extends StoreContract {
    private static final Key SOURCE_VALUE = Key.of("v");
    private static final Key SOURCE_DICTIONARY = Key.of("s");
    private static final Key VALUE = Key.of("t");
    private static final Key DICTIONARY = Key.of("d");
    private static final Key MISSING = Key.of("m");

    /** For subclasses. */
    protected RenameTck() {}

    /** A value {@code v}, a dictionary {@code s}, a value {@code t}, a dictionary {@code d}: each size tells which. */
    private static KeyValueStore prepared(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.clear();
        store.set(SOURCE_VALUE, Bench.bytes(11));
        store.set(Key.of("s/a"), Bench.bytes(12));
        store.set(Key.of("s/b/c"), Bench.bytes(13));
        store.set(VALUE, Bench.bytes(14));
        store.set(Key.of("d/x"), Bench.bytes(15));
        return store;
    }

    /** The values of a store by key, each told by its size. */
    private static NavigableMap<String, Integer> sizes(KeyValueStore store) throws StoreException {
        NavigableMap<String, Integer> sizes = new TreeMap<>();
        TreeState state = TreeState.of(store);
        for (Key key : state.keys()) {
            byte[] value = state.value(key).orElseThrow();
            assertArrayEquals(Bench.bytes(value.length), value, key::toString);
            sizes.put(key.toString(), value.length);
        }
        return sizes;
    }

    private static NavigableMap<String, Integer> prepared() {
        return new TreeMap<>(Map.of("/v", 11, "/s/a", 12, "/s/b/c", 13, "/t", 14, "/d/x", 15));
    }

    /** Moves, and expects what is prepared, less and more some values. */
    private static void expectMoved(
            Bench bench, Key source, Key target, RenameMode mode, List<String> gone, NavigableMap<String, Integer> come)
            throws StoreException {
        KeyValueStore store = prepared(bench);
        store.rename(source, target, mode);
        NavigableMap<String, Integer> expected = prepared();
        gone.forEach(expected::remove);
        expected.putAll(come);
        assertEquals(expected, sizes(store), () -> source + " to " + target + ", " + mode);
        assertEquals(expected, sizes(bench.reopen()), () -> source + " to " + target + ", " + mode + ", reopened");
    }

    private static void expectRefused(
            Bench bench, Key source, Key target, RenameMode mode, Failure failure, Key... keys) throws StoreException {
        KeyValueStore store = prepared(bench);
        refused(store, failure, List.of(keys), () -> store.rename(source, target, mode));
    }

    private static NavigableMap<String, Integer> values(String key, int size) {
        return new TreeMap<>(Map.of(key, size));
    }

    private static NavigableMap<String, Integer> values(String key, int size, String other, int otherSize) {
        return new TreeMap<>(Map.of(key, size, other, otherSize));
    }

    @StoreTest
    @DisplayName("60: a missing source fails NoSuchKey, whatever the target is")
    void missingSource(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            for (Key target : List.of(Key.of("n"), VALUE, DICTIONARY, Key.ROOT)) {
                expectRefused(bench, MISSING, target, mode, Failure.NO_SUCH_KEY, MISSING);
            }
            Key below = SOURCE_VALUE.child("x");
            expectRefused(bench, below, Key.of("n"), mode, Failure.NO_SUCH_KEY, below);
        }
    }

    @StoreTest
    @DisplayName("60: a value moves to a missing key, and replaces a value")
    void valueToMissingAndValue(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectMoved(bench, SOURCE_VALUE, MISSING, mode, List.of("/v"), values("/m", 11));
            expectMoved(bench, SOURCE_VALUE, VALUE, mode, List.of("/v"), values("/t", 11));
            expectMoved(bench, Key.of("s/b/c"), Key.of("d/x"), mode, List.of("/s/b/c"), values("/d/x", 13));
        }
    }

    @StoreTest
    @DisplayName("60: a value moves into a dictionary, or is refused by EXACT")
    void valueToDictionary(Bench bench) throws StoreException {
        RenameMode into = RenameMode.INTO_DICTIONARY;
        expectMoved(bench, SOURCE_VALUE, DICTIONARY, into, List.of("/v"), values("/d/v", 11));
        expectMoved(bench, Key.of("s/b/c"), Key.ROOT, into, List.of("/s/b/c"), values("/c", 13));
        expectRefused(bench, SOURCE_VALUE, DICTIONARY, RenameMode.EXACT, Failure.KEY_EXISTS, DICTIONARY);
        expectRefused(bench, SOURCE_VALUE, Key.ROOT, RenameMode.EXACT, Failure.KEY_EXISTS, Key.ROOT);
    }

    @StoreTest
    @DisplayName("60: a dictionary moves to a missing key, and does not replace a value")
    void dictionaryToMissingAndValue(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectMoved(
                    bench,
                    SOURCE_DICTIONARY,
                    MISSING,
                    mode,
                    List.of("/s/a", "/s/b/c"),
                    values("/m/a", 12, "/m/b/c", 13));
            expectRefused(bench, SOURCE_DICTIONARY, VALUE, mode, Failure.VALUE_EXPECTED, SOURCE_DICTIONARY);
        }
    }

    @StoreTest
    @DisplayName("60: a dictionary moves into a dictionary, or is refused by EXACT")
    void dictionaryToDictionary(Bench bench) throws StoreException {
        expectMoved(
                bench,
                SOURCE_DICTIONARY,
                DICTIONARY,
                RenameMode.INTO_DICTIONARY,
                List.of("/s/a", "/s/b/c"),
                values("/d/s/a", 12, "/d/s/b/c", 13));
        expectRefused(bench, SOURCE_DICTIONARY, DICTIONARY, RenameMode.EXACT, Failure.KEY_EXISTS, DICTIONARY);
    }

    @StoreTest
    @DisplayName("60: inside the target dictionary a value replaces a value, and nothing replaces a dictionary")
    void insideTheTarget(Bench bench) throws StoreException {
        RenameMode into = RenameMode.INTO_DICTIONARY;
        Key inside = Key.of("d/v");
        KeyValueStore store = prepared(bench);
        store.set(inside, Bench.bytes(20));
        store.rename(SOURCE_VALUE, DICTIONARY, into);
        assertArrayEquals(Bench.bytes(11), store.get(inside));

        store.remove(inside);
        store.set(SOURCE_VALUE, Bench.bytes(11));
        store.set(inside.child("deep"), Bench.bytes(21));
        refused(store, Failure.VALUE_EXPECTED, inside, () -> store.rename(SOURCE_VALUE, DICTIONARY, into));

        store.set(Key.of("d/s"), Bench.bytes(22));
        refused(
                store,
                Failure.VALUE_EXPECTED,
                SOURCE_DICTIONARY,
                () -> store.rename(SOURCE_DICTIONARY, DICTIONARY, into));
        store.remove(Key.of("d/s"));
        store.set(Key.of("d/s/a"), Bench.bytes(23));
        refused(store, Failure.VALUE_EXPECTED, Key.of("d/s"), () -> store.rename(SOURCE_DICTIONARY, DICTIONARY, into));
    }

    @StoreTest
    @DisplayName("60: the root cannot be moved")
    void root(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectRefused(bench, Key.ROOT, MISSING, mode, Failure.INVALID_REQUEST);
            expectRefused(bench, Key.ROOT, Key.ROOT, mode, Failure.INVALID_REQUEST);
        }
    }

    @StoreTest
    @DisplayName("61: a value moved to itself is unchanged")
    void valueToItself(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectMoved(bench, SOURCE_VALUE, SOURCE_VALUE, mode, List.of(), new TreeMap<>());
        }
        expectMoved(bench, Key.of("d/x"), DICTIONARY, RenameMode.INTO_DICTIONARY, List.of(), new TreeMap<>());
    }

    @StoreTest
    @DisplayName("62: a dictionary to itself or below fails RenameIntoSelf")
    void dictionaryIntoItself(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            for (String path : List.of("s", "s/b", "s/n", "s/b/n/n")) {
                Key target = Key.of(path);
                expectRefused(
                        bench, SOURCE_DICTIONARY, target, mode, Failure.RENAME_INTO_SELF, SOURCE_DICTIONARY, target);
            }
        }
    }

    @StoreTest
    @DisplayName("63: a is not a prefix of ab")
    void namesAreNoPrefixes(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectMoved(
                    bench,
                    SOURCE_DICTIONARY,
                    Key.of("ss"),
                    mode,
                    List.of("/s/a", "/s/b/c"),
                    values("/ss/a", 12, "/ss/b/c", 13));
            expectMoved(
                    bench,
                    SOURCE_DICTIONARY,
                    Key.of("ss/n"),
                    mode,
                    List.of("/s/a", "/s/b/c"),
                    values("/ss/n/a", 12, "/ss/n/b/c", 13));
            expectMoved(bench, SOURCE_VALUE, Key.of("vv"), mode, List.of("/v"), values("/vv", 11));
        }
    }

    @StoreTest
    @DisplayName("64: a value to below itself fails DictionaryExpected and names the value")
    void valueBelowItself(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            for (Key target :
                    List.of(SOURCE_VALUE.child("x"), SOURCE_VALUE.child("x").child("y"))) {
                expectRefused(bench, SOURCE_VALUE, target, mode, Failure.DICTIONARY_EXPECTED, target, SOURCE_VALUE);
            }
            Key below = VALUE.child("x");
            expectRefused(bench, SOURCE_DICTIONARY, below, mode, Failure.DICTIONARY_EXPECTED, below, VALUE);
        }
    }

    @StoreTest
    @DisplayName("65: parents of the target appear")
    void parentsOfTargetAppear(Bench bench) throws StoreException {
        for (RenameMode mode : RenameMode.values()) {
            expectMoved(bench, SOURCE_VALUE, Key.of("n/o/p"), mode, List.of("/v"), values("/n/o/p", 11));
        }
        expectMoved(bench, Key.of("s/b"), Key.of("d/n/o"), RenameMode.EXACT, List.of("/s/b/c"), values("/d/n/o/c", 13));
    }

    @StoreTest
    @DisplayName("65: an empty dictionary moves too, and the source's parents stay [explicit dictionaries]")
    void emptyDictionaries(Bench bench) throws StoreException {
        assumeTrue(
                bench.info().capabilities().contains(Capability.EXPLICIT_DICTIONARIES),
                "the store does not have the capability EXPLICIT_DICTIONARIES");
        KeyValueStore store = prepared(bench);
        store.remove(Key.of("s/b/c"));
        store.rename(Key.of("s/b"), Key.of("n/b"), RenameMode.EXACT);
        store.rename(Key.of("d/x"), Key.of("x"), RenameMode.EXACT);
        assertEquals(
                List.of(Key.of("d"), Key.of("n"), Key.of("n/b"), Key.of("s")),
                TreeState.of(bench.reopen()).dictionaries());
    }

    @StoreTest
    @DisplayName("66: the time is kept")
    void timeIsKept(Bench bench) throws StoreException {
        assumeTrue(
                bench.info().capabilities().contains(Capability.TIMESTAMPS),
                "the store does not have the capability TIMESTAMPS");
        Instant time = bench.clock().instant();
        KeyValueStore store = prepared(bench);
        bench.clock().tick();
        store.rename(SOURCE_VALUE, Key.of("n/v"), RenameMode.EXACT);
        store.set(VALUE, Bench.bytes(3));
        store.rename(Key.of("s"), Key.of("n"), RenameMode.INTO_DICTIONARY);
        store.rename(Key.of("n/v"), VALUE, RenameMode.EXACT);
        assertEquals(Optional.of(time), store.lastModified(VALUE));
        assertEquals(Optional.of(time), bench.reopen().lastModified(Key.of("n/s/b/c")));
    }

    @Campaign
    @StoreTest
    @DisplayName("67: a crash at any device operation leaves source or target, never none; exactly one if atomic")
    void crashWhileMoving(Bench bench, TestReporter reporter) throws Exception {
        int large = bench.size(bench.variant().geometry().blockSize() + 9L, 4);
        ModelScenario scenario = ModelScenario.of(
                        "rename",
                        List.of(
                                new Operations.Rename(Key.of("v"), Key.of("n"), RenameMode.EXACT),
                                new Operations.Rename(Key.of("n"), Key.of("t"), RenameMode.EXACT),
                                new Operations.Rename(Key.of("t"), Key.of("d"), RenameMode.INTO_DICTIONARY),
                                new Operations.Rename(Key.of("d/t"), Key.of("e/f"), RenameMode.EXACT),
                                new Operations.Rename(Key.of("d"), Key.of("e"), RenameMode.INTO_DICTIONARY)))
                .after(List.of(
                        new Operations.Put(Key.of("v"), new Content(large, 1), false),
                        new Operations.Put(Key.of("t"), new Content(20, 2), false),
                        new Operations.Put(Key.of("d/x"), new Content(30, 3), false)));
        reporter.publishEntry("power loss", bench.powerLoss().run(scenario).toString());
    }

    @StoreTest
    @DisplayName("68: EXACT onto an existing dictionary fails KeyExists, empty or not")
    void exactOntoDictionary(Bench bench) throws StoreException {
        KeyValueStore store = prepared(bench);
        boolean explicit = bench.info().capabilities().contains(Capability.EXPLICIT_DICTIONARIES);
        if (explicit) {
            store.remove(Key.of("d/x"));
        }
        for (Key source : List.of(SOURCE_VALUE, SOURCE_DICTIONARY)) {
            refused(store, Failure.KEY_EXISTS, DICTIONARY, () -> store.rename(source, DICTIONARY, RenameMode.EXACT));
        }
    }
}
