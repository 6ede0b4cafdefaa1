package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.Outcome;
import dev.morgana.tck.model.TreeModel;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other keys, and values under new ones. */
@Campaign
class KeyRotationTest {
    private static final CryptKey OTHER = CryptKey.of(new byte[32]);

    static Stream<StoreProvider> formats() {
        return Stream.of(new LittleFsProvider(), new EkvProvider(), new EmbedKvProvider(), new PwKvsProvider());
    }

    private static Options with(CryptKey key) {
        return Options.none().with(CryptOptions.KEY, () -> key);
    }

    private static KeyRotation keys(KeyValueStore store) {
        return store.facet(KeyRotation.class).orElseThrow();
    }

    private static byte[] value(int i) {
        byte[] value = new byte[10 + 7 * i];
        new Random(i).nextBytes(value);
        return value;
    }

    private static void fill(KeyValueStore store) throws StoreException {
        for (int i = 0; i < 8; i++) {
            store.set(Key.of("d/k" + i), value(i));
        }
    }

    private static void expectFilled(KeyValueStore store) throws StoreException {
        for (int i = 0; i < 8; i++) {
            assertThat(store.get(Key.of("d/k" + i))).isEqualTo(value(i));
        }
    }

    /** The epoch in the header of a sealed value (bytes 1 to 4). */
    private static int epoch(byte[] sealed) {
        return sealed[4];
    }

    @ParameterizedTest
    @MethodSource("formats")
    void newKeyOpensAndTheOldOneDoesNot(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            fill(store);
            keys(store).changeKey(with(OTHER));
            expectFilled(store);
        }
        assertThatThrownBy(bench::open).isInstanceOf(WrongKeyException.class);
        try (KeyValueStore store = bench.open(with(OTHER))) {
            expectFilled(store);
            keys(store).changeKey(with(CryptKey.password("correct horse".toCharArray())));
        }
        assertThatThrownBy(() -> bench.open(with(CryptKey.password("wrong".toCharArray()))))
                .isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> bench.open(with(OTHER))).hasMessageContaining("password");
        try (KeyValueStore store = bench.open(with(CryptKey.password("correct horse".toCharArray())))) {
            expectFilled(store);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyValueIsUnderTheNewKey(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        try (KeyValueStore store = bench.open()) {
            fill(store);
        }
        byte[] earlier = bench.sealed("d/k3");
        byte[] header = bench.sealed("morgana.crypt");
        assertThat(epoch(earlier)).isEqualTo(1);
        try (KeyValueStore store = bench.open()) {
            assertThat(keys(store).rotate()).isEqualTo(8);
            expectFilled(store);
            assertThat(store.info().properties()).doesNotContainKey("keyRotation");
        }
        for (int i = 0; i < 8; i++) {
            assertThat(epoch(bench.sealed("d/k" + i))).isEqualTo(2);
        }
        assertThat(bench.sealed("morgana.crypt"))
                .as("one data key is left in the ring")
                .hasSameSizeAs(header)
                .isNotEqualTo(header);
        try (KeyValueStore store = bench.open()) {
            expectFilled(store);
            store.set(Key.of("d/k3"), value(3));
        }
    }

    @Test
    void valuesOfAForgottenKeyAreRefused() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        try (KeyValueStore store = bench.open()) {
            fill(store);
        }
        byte[] earlier = bench.sealed("d/k3");
        try (KeyValueStore store = bench.open()) {
            keys(store).rotate();
        }
        bench.plant("d/k3", earlier);
        try (KeyValueStore store = bench.open()) {
            assertThatThrownBy(() -> store.get(Key.of("d/k3")))
                    .hasMessageContaining("epoch 1, of a key that was replaced");
        }
    }

    /** That there is no room for it is found out before anything changes. */
    @Test
    void rotationWithoutRoomChangesNothing() throws StoreException {
        Workbench bench = Workbench.of(new LittleFsProvider());
        List<Key> ballast = new ArrayList<>();
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("large"), new byte[200_000]);
            for (int i = 0; ; i++) {
                Key key = Key.of("ballast" + i);
                try {
                    store.set(key, new byte[20_000]);
                } catch (NoSpaceException e) {
                    break;
                }
                ballast.add(key);
            }
            for (boolean replace : new boolean[] {false, true}) {
                assertThatThrownBy(() -> {
                            if (replace) {
                                keys(store).replaceKey(with(OTHER));
                            } else {
                                keys(store).rotate();
                            }
                        })
                        .isInstanceOf(NoSpaceException.class)
                        .hasMessageContaining("nothing was changed")
                        .hasMessageContaining("needs 200813 bytes");
                assertThat(store.info().properties()).doesNotContainKey("keyRotation");
            }
        }
        try (KeyValueStore store = bench.open()) {
            assertThat(store.get(Key.of("large"))).hasSize(200_000);
            for (Key key : ballast) {
                store.remove(key);
            }
            assertThat(keys(store).replaceKey(with(OTHER))).isEqualTo(1);
            assertThat(store.get(Key.of("large"))).hasSize(200_000);
        }
        bench.open(with(OTHER)).close();
    }

    /** Changes keys, and no value. */
    private enum KeyChange implements Operation {
        CHANGE,
        ROTATE,
        REPLACE,
        /** Another one, so that the first key opens again. */
        REPLACE_BACK;

        @Override
        public Boolean run(KeyValueStore store) throws StoreException {
            switch (this) {
                case CHANGE -> keys(store).changeKey(with(OTHER));
                case ROTATE -> keys(store).rotate();
                case REPLACE -> keys(store).replaceKey(with(OTHER));
                case REPLACE_BACK -> keys(store).replaceKey(with(EncryptedProvider.KEY));
            }
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            return Outcome.DONE;
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void powerCutsWhileKeysChange(StoreProvider format, TestReporter reporter) throws Exception {
        for (String index : List.of("false", "true")) {
            Variant variant =
                    CryptFixture.variants(format, "versionIndex", index).get(0);
            ModelScenario scenario = ModelScenario.of(
                            "keys",
                            List.of(
                                    KeyChange.ROTATE,
                                    new Operations.Put(Key.of("c"), new Content(9, 4), false),
                                    KeyChange.REPLACE,
                                    KeyChange.REPLACE_BACK,
                                    KeyChange.CHANGE))
                    .after(Arrays.asList(
                            new Operations.Put(Key.of("a"), new Content(20, 1), false),
                            new Operations.Put(Key.of("d/b"), new Content(30, 2), false),
                            new Operations.Put(Key.of("c"), new Content(0, 3), false)));
            PowerLossReport report = PowerLoss.of(
                            new OneOfTwoKeysProvider(new EncryptedProvider(format), OTHER), variant.geometry())
                    .withOptions(variant.formatOptions(), variant.openOptions())
                    .run(scenario);
            reporter.publishEntry("power loss", report.toString());
        }
    }
}
