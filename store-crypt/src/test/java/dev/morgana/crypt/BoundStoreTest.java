package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.facet.StateToken;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store is bound to: its identity, the label of what it belongs to, and the state that its owner left it in. */
class BoundStoreTest {
    private static final Key A = Key.of("a");

    static Stream<StoreProvider> formats() {
        return Stream.of(new LittleFsProvider(), new EkvProvider(), new EmbedKvProvider(), new PwKvsProvider());
    }

    private static String state(KeyValueStore store) throws StoreException {
        return HexFormat.of()
                .formatHex(store.facet(StateToken.class).orElseThrow().stateToken());
    }

    private static Options expecting(String state) {
        return Options.none().plus("expectState", state);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void olderImageIsNotTheExpectedState(StoreProvider format) throws StoreException {
        for (String index : List.of("false", "true")) {
            Workbench bench = Workbench.of(format, "versionIndex", index);
            String first;
            try (KeyValueStore store = bench.open()) {
                store.set(A, new byte[] {1});
                first = state(store);
                assertThat(first).hasSize(64);
            }
            byte[] older = bench.image();
            String latest;
            try (KeyValueStore store = bench.open(expecting(first))) {
                assertThat(state(store))
                        .as("opening and reading change nothing")
                        .isEqualTo(first);
                store.set(A, new byte[] {1});
                String second = state(store);
                assertThat(second).as("the same value, written again").isNotEqualTo(first);
                store.remove(A);
                assertThat(state(store)).isNotIn(first, second);
                store.set(A, new byte[] {2});
                latest = state(store);
            }
            bench.open(expecting(latest)).close();
            bench.restore(older);
            assertThatThrownBy(() -> bench.open(expecting(latest)))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining(first)
                    .hasMessageContaining(latest)
                    .hasMessageContaining("older image");
            String rotated;
            try (KeyValueStore store = bench.open(expecting(first))) {
                store.facet(KeyRotation.class).orElseThrow().rotate();
                rotated = state(store);
            }
            assertThat(rotated).isNotEqualTo(first);
            bench.open(expecting(rotated)).close();
        }
        assertThatThrownBy(() -> Workbench.of(format).open(expecting("xyz")))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void labelIsNeededAgain() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider(), "label", "serial 1");
        try (KeyValueStore store = bench.open()) {
            store.set(A, new byte[] {1});
            assertThat(store.info().properties()).containsEntry("label", "needed");
        }
        assertThatThrownBy(() -> bench.open(Options.none().plus("label", "serial 2")))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("label");
        assertThatThrownBy(() -> bench.open(Options.none().plus("label", "")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("label");
        assertThatThrownBy(() ->
                        Workbench.of(new EkvProvider()).open(Options.none().plus("label", "x")))
                .isInstanceOf(InvalidOptionException.class);
        assertThatThrownBy(() -> Workbench.of(new EkvProvider(), "label", "x".repeat(1025)))
                .isInstanceOf(InvalidOptionException.class);
    }

    /** Two stores under one key: no value, and no header, of one is taken for one of the other. */
    @ParameterizedTest
    @MethodSource("formats")
    void storesUnderOneKeyAreNotInterchangeable(StoreProvider format) throws StoreException {
        Workbench first = Workbench.of(format);
        Workbench second = Workbench.of(format);
        for (Workbench bench : List.of(first, second)) {
            try (KeyValueStore store = bench.open()) {
                store.set(A, new byte[] {1});
            }
        }
        second.plant("a", first.sealed("a"));
        try (KeyValueStore store = second.open()) {
            assertThatThrownBy(() -> store.get(A)).isInstanceOf(CorruptStoreException.class);
        }
        second.plant("morgana.crypt", first.sealed("morgana.crypt"));
        assertThatThrownBy(second::open).isInstanceOf(CorruptStoreException.class);
    }

    /** A clone is the same store, until its key is replaced. */
    @Test
    void clonesShareNothingOnceTheKeyOfOneWasReplaced() throws StoreException {
        Workbench factory = Workbench.of(new EkvProvider());
        try (KeyValueStore store = factory.open()) {
            store.set(A, new byte[] {1});
        }
        byte[] ofFactory = factory.sealed("a");
        try (KeyValueStore store = factory.open()) { // from here on it is the clone
            store.facet(KeyRotation.class)
                    .orElseThrow()
                    .replaceKey(Options.none().with(CryptOptions.KEY, () -> EncryptedProvider.KEY));
        }
        factory.plant("a", ofFactory);
        try (KeyValueStore store = factory.open()) {
            assertThatThrownBy(() -> store.get(A)).isInstanceOf(CorruptStoreException.class);
        }
    }
}
