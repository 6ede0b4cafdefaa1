package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.backend.ForwardingFlatStore;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that change where that is not easy, and names and notes that are not what they seem. */
@Campaign
class KeyOperationsTest {
    private static final CryptKey OTHER = CryptKey.of(new byte[32]);

    static Stream<StoreProvider> formats() {
        return Stream.of(
                new LittleFsProvider(),
                new EkvProvider(),
                new EkvFsProvider(),
                new EmbedKvProvider(),
                new PwKvsProvider());
    }

    private static Options with(CryptKey key) {
        return Options.none().with(CryptOptions.KEY, () -> key);
    }

    private static KeyRotation keys(Store store) {
        return store.facet(KeyRotation.class).orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Fills a store until nothing more fits, and returns how many values it has. */
    private static int fill(KeyValueStore store) throws StoreException {
        int count = 0;
        for (int size : new int[] {400, 100, 10, 0}) {
            try {
                while (true) {
                    store.set(Key.of("v" + count), new byte[size]);
                    count++;
                }
            } catch (NoSpaceException e) {
                // a smaller one may still fit
            }
        }
        return count;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void keyOfAFullStoreCanBeChanged(StoreProvider format) throws StoreException {
        for (String index : List.of("false", "true")) {
            Workbench bench = Workbench.of(format, "versionIndex", index);
            int count;
            try (KeyValueStore store = bench.open()) {
                count = fill(store);
                for (int i = 0; i < 3; i++) {
                    keys(store).changeKey(with(i % 2 == 0 ? OTHER : EncryptedProvider.KEY));
                }
            }
            try (KeyValueStore store = bench.open(with(OTHER))) {
                assertThat(store.list(Key.ROOT)).hasSize(count);
                assertThat(store.get(Key.of("v0"))).hasSize(400);
                assertThat(store.remove(Key.of("v0"))).isTrue();
            }
        }
    }

    @Test
    void newKeysAreNamedByKeysAlone() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        try (KeyValueStore store = bench.open()) {
            assertThatThrownBy(() -> keys(store).changeKey(with(OTHER).plus("label", "x")))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("label");
        }
        bench.open().close();
    }

    /** A scan shows the values of its time, and has the keys of its time. */
    @Test
    void scanThatIsOpenWhileTheKeyIsReplaced() throws StoreException {
        for (StoreProvider format : List.of(new EkvProvider(), new EmbedKvProvider())) {
            for (String index : List.of("false", "true")) {
                Workbench bench = Workbench.of(format, "versionIndex", index);
                try (FlatStore store =
                        (FlatStore) new CryptProvider().wrap(bench.inner(), with(EncryptedProvider.KEY))) {
                    for (int i = 0; i < 6; i++) {
                        store.put(utf8("k" + i), new byte[] {(byte) i});
                    }
                    List<Integer> seen = new ArrayList<>();
                    try (Cursor cursor =
                            store.facet(OrderedScan.class).orElseThrow().scan(KeyRange.all(), Direction.FORWARD)) {
                        while (cursor.next()) {
                            seen.add((int) cursor.value()[0]);
                            if (seen.size() == 2) {
                                keys(store).rotate();
                            }
                            if (seen.size() == 4) {
                                keys(store).replaceKey(with(OTHER));
                            }
                        }
                    }
                    assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5);
                }
            }
        }
    }

    /** Base64url has unused bits at its end, so that a name has other spellings. */
    @Test
    void namesInAnotherSpellingAreStrangers() throws StoreException {
        Workbench bench = Workbench.of(new LittleFsProvider(), "hideNames", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("secret"), utf8("true"));
        }
        String hidden;
        byte[] sealed;
        try (KeyValueStore inner = (KeyValueStore) bench.inner()) {
            hidden = inner.list(Key.ROOT)
                    .map(entry -> entry.key().name())
                    .filter(name -> !name.startsWith("morgana"))
                    .findFirst()
                    .orElseThrow();
            sealed = inner.get(Key.of(hidden));
        }
        String spelling = otherSpelling(hidden);
        for (String name : List.of(spelling, hidden + "==")) {
            byte[] image = bench.image();
            bench.plant(name, sealed);
            try (KeyValueStore store = bench.open()) {
                assertThat(store.get(Key.of("secret"))).isEqualTo(utf8("true"));
                assertThatThrownBy(() -> store.list(Key.ROOT)).isInstanceOf(CorruptStoreException.class);
                List<Finding> findings = new ArrayList<>();
                store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
                assertThat(findings).extracting(Finding::rule).containsExactly("hidden-name");
                store.clear();
                assertThat(store.list(Key.ROOT)).isEmpty();
            }
            try (KeyValueStore inner = (KeyValueStore) bench.inner()) {
                assertThat(inner.list(Key.ROOT).map(entry -> entry.key().name()))
                        .allMatch(left -> left.startsWith("morgana.crypt"));
            }
            bench.restore(image);
        }
    }

    private static String otherSpelling(String hidden) {
        byte[] bytes = Base64.getUrlDecoder().decode(hidden);
        for (char last = 'A'; last <= 'z'; last++) {
            String spelling = hidden.substring(0, hidden.length() - 1) + last;
            boolean isLetter = last <= 'Z' || last >= 'a';
            if (isLetter && !spelling.equals(hidden)) {
                try {
                    if (java.util.Arrays.equals(Base64.getUrlDecoder().decode(spelling), bytes)) {
                        return spelling;
                    }
                } catch (IllegalArgumentException e) {
                    // not one at all
                }
            }
        }
        throw new AssertionError(hidden + " has one spelling; choose a name of another length");
    }

    /** The note of a removal that was finished says which values went, and lets no others in. */
    @Test
    void removalThatIsOverCannotBeUndoneWithOtherValues() throws Exception {
        Workbench bench = Workbench.of(new LittleFsProvider(), "versionIndex", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("d/a"), utf8("first"));
            store.set(Key.of("d/b"), utf8("first"));
        }
        byte[] older = bench.sealed("d/a");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("d/a"), utf8("second"));
        }
        byte[] newer = bench.sealed("d/a");
        byte[] other = bench.sealed("d/b");
        List<byte[]> states = new ArrayList<>();
        KeyValueStore recorded = recorded((KeyValueStore) bench.inner(), states);
        try (KeyValueStore store = Crypt.over(recorded, () -> EncryptedProvider.KEY)) {
            store.remove(Key.of("d"));
        }
        assertThat(states).as("what was announced, and what is right now").hasSize(2);
        byte[] removed = bench.image();
        int undone = 0;
        for (byte[] state : states) {
            bench.restore(removed);
            bench.plant("morgana.crypt.state", state);
            bench.plant("d/a", older);
            bench.plant("d/b", other);
            assertThatThrownBy(bench::open).as("a mixture that never was").isInstanceOf(CorruptStoreException.class);
            bench.plant("d/a", newer);
            try {
                bench.open().close();
                undone++; // the state before the removal, as it was: what only the state token can notice
            } catch (CorruptStoreException e) {
                // noticed
            }
        }
        assertThat(undone).isPositive();
    }

    /** A tree that notes what is written as the layer's own value. */
    private static KeyValueStore recorded(KeyValueStore tree, List<byte[]> states) {
        return (KeyValueStore) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("set")
                            && arguments[0].equals(Key.of("morgana.crypt.state"))
                            && arguments[1] instanceof byte[] state) {
                        states.add(state.clone());
                    }
                    try {
                        return method.invoke(tree, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Thousands of values in one removal, beside little room: announced in pieces, and the index is right after each. */
    @Test
    void removalOfMoreThanCanBeAnnouncedAtOnce() throws StoreException {
        Workbench bench = Workbench.of(new LittleFsProvider(), "versionIndex", "true");
        int count = 300;
        try (KeyValueStore store = bench.open()) {
            for (int i = 0; i < count; i++) {
                store.set(Key.of("d/" + i), new byte[0]);
            }
            fill(store);
            store.remove(Key.of("d"));
            assertThat(store.kind(Key.of("d"))).isEmpty();
        }
        try (KeyValueStore store = bench.open()) {
            assertThat(store.kind(Key.of("d"))).isEmpty();
            assertThat(store.get(Key.of("v0"))).hasSize(400);
        }
    }

    /** Closes itself, as another thread may do, between what is read and what is made of it. */
    private static final class ClosedMeanwhile extends ForwardingFlatStore {
        private Runnable closing = () -> {};

        ClosedMeanwhile(FlatStore store) {
            super(store);
        }

        @Override
        public Optional<byte[]> get(byte[] key) throws StoreException {
            Optional<byte[]> value = super.get(key);
            closing.run();
            return value;
        }
    }

    /** The keys are overwritten when a store closes; who reads on is told that it is closed, and not of damage. */
    @Test
    void closedStoreIsNoDamagedOne() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        ClosedMeanwhile inner = new ClosedMeanwhile((FlatStore) bench.inner());
        FlatStore store = Crypt.over(inner, () -> EncryptedProvider.KEY);
        store.put(utf8("a"), utf8("true"));
        inner.closing = store::close;
        assertThatThrownBy(() -> store.get(utf8("a"))).isInstanceOf(IllegalStateException.class);
        try (FlatStore again = Crypt.over((FlatStore) bench.inner(), () -> EncryptedProvider.KEY)) {
            assertThat(again.get(utf8("a"))).contains(utf8("true"));
        }
    }
}
