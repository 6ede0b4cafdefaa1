package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.ValueHeader;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.seal.Lock;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.seal.Secret;
import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.backend.ForwardingFlatStore;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers of the past, put back by somebody who had the old key, into the image as it is now. */
@Campaign
class HeaderReplayTest {
    private static final String HEADER = "morgana.crypt";
    private static final String STATE = "morgana.crypt.state";
    private static final CryptKey OTHER = CryptKey.of(new byte[32]);
    private static final Key A = Key.of("a");
    private static final byte[] TRUE_VALUE = {1, 2, 3};
    private static final byte[] FORGED = {6, 6, 6};

    /** A change of keys. */
    private enum Change {
        CHANGE_KEY,
        ROTATE,
        REPLACE_KEY;

        void run(KeyValueStore store) throws StoreException {
            KeyRotation keys = store.facet(KeyRotation.class).orElseThrow();
            switch (this) {
                case CHANGE_KEY -> keys.changeKey(with(OTHER));
                case ROTATE -> keys.rotate();
                case REPLACE_KEY -> keys.replaceKey(with(OTHER));
            }
        }

        Options newKey() {
            return this == ROTATE ? with(EncryptedProvider.KEY) : with(OTHER);
        }
    }

    private static Options with(CryptKey key) {
        return Options.none().with(CryptOptions.KEY, () -> key);
    }

    static Stream<Arguments> changes() {
        List<StoreProvider> formats = List.of(
                new LittleFsProvider(),
                new EkvProvider(),
                new EkvFsProvider(),
                new EmbedKvProvider(),
                new PwKvsProvider());
        return formats.stream()
                .flatMap(format -> Arrays.stream(Change.values())
                        .flatMap(change ->
                                Stream.of("false", "true").map(index -> Arguments.of(format, change, index))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void headerThatIsPutBackOpensWithNoKey(StoreProvider format, Change change, String index) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", index);
        try (KeyValueStore store = bench.open()) {
            store.set(A, TRUE_VALUE);
        }
        byte[] header = bench.sealed(HEADER);
        byte[] state = bench.sealed(STATE);
        try (KeyValueStore store = bench.open()) {
            change.run(store);
        }
        byte[] changed = bench.image();
        bench.plant(HEADER, header);
        assertThatThrownBy(bench::open)
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("the header of the store is an older one");
        if (change != Change.ROTATE) {
            assertThatThrownBy(() -> bench.open(change.newKey())).isInstanceOf(WrongKeyException.class);
        }

        // With the layer's own value of the time beside it, and a value that was written since
        bench.restore(changed);
        try (KeyValueStore store = bench.open(change.newKey())) {
            assertThat(store.get(A)).isEqualTo(TRUE_VALUE);
            store.set(Key.of("b"), TRUE_VALUE);
        }
        bench.plant(HEADER, header);
        bench.plant(STATE, state);
        expectNothingOfTheNewTime(bench, index.equals("true"));
    }

    /** With a version index the store does not open; without, it does, and what was written since says that it is another's. */
    private static void expectNothingOfTheNewTime(Workbench bench, boolean index) throws StoreException {
        if (index) {
            assertThatThrownBy(bench::open).isInstanceOf(CorruptStoreException.class);
            return;
        }
        try (KeyValueStore store = bench.open()) {
            assertThatThrownBy(() -> store.get(Key.of("b")))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("older one");
        }
    }

    /** Notes each header that is written. */
    private static final class Recorder extends ForwardingFlatStore {
        private final List<byte[]> headers = new ArrayList<>();
        private final List<byte[]> states = new ArrayList<>();

        Recorder(FlatStore store) {
            super(store);
        }

        @Override
        public void put(byte[] key, byte[] value) throws StoreException {
            String name = new String(key, StandardCharsets.UTF_8);
            if (name.equals(HEADER)) {
                headers.add(value.clone());
            } else if (name.equals(STATE)) {
                states.add(value.clone());
            }
            super.put(key, value);
        }
    }

    static Stream<StoreProvider> flatFormats() {
        return Stream.of(new EkvProvider(), new EmbedKvProvider(), new PwKvsProvider());
    }

    /**
     * The strongest attack after a leak: the header of the middle of the replacement, in which the old data key is locked with the
     * new key, and a value that was forged under the old data key. Opening would finish the replacement, and seal the forged value
     * anew.
     */
    @ParameterizedTest
    @MethodSource("flatFormats")
    void whoHadTheOldKeyBringsInNothingThroughAnUnfinishedReplacement(StoreProvider format) throws StoreException {
        for (String index : List.of("false", "true")) {
            Workbench bench = Workbench.of(format, "versionIndex", index);
            try (KeyValueStore store = bench.open()) {
                store.set(A, TRUE_VALUE);
                store.set(Key.of("b"), TRUE_VALUE);
            }
            byte[] leaked = bench.image();
            byte[] oldState = bench.sealed(STATE);

            Recorder recorder = new Recorder((FlatStore) bench.inner());
            try (Store store = new CryptProvider().wrap(recorder, with(EncryptedProvider.KEY))) {
                store.facet(KeyRotation.class).orElseThrow().replaceKey(with(OTHER));
            }
            byte[] replaced = bench.image();
            assertThat(recorder.headers).as("one in the middle, one at the end").hasSize(2);
            byte[] middle = recorder.headers.get(0);

            bench.restore(leaked);
            try (KeyValueStore store = bench.open()) {
                store.set(A, FORGED);
            }
            byte[] forged = bench.sealed("a");
            byte[] forgedState = bench.sealed(STATE);

            List<byte[]> states = new ArrayList<>(recorder.states);
            states.add(oldState);
            states.add(forgedState);
            for (byte[] state : states) {
                bench.restore(replaced);
                bench.plant(HEADER, middle);
                bench.plant(STATE, state);
                bench.plant("a", forged);
                assertThatThrownBy(() -> bench.open(with(OTHER))).isInstanceOf(CorruptStoreException.class);
            }

            // The same without the forged value: harmless, since it ends where it ended before.
            bench.restore(replaced);
            bench.plant(HEADER, middle);
            bench.plant(STATE, recorder.states.get(0));
            try (KeyValueStore store = bench.open(with(OTHER))) {
                assertThat(store.get(A)).isEqualTo(TRUE_VALUE);
                assertThat(store.info().properties()).doesNotContainKey("keyRotation");
            }
        }
    }

    /** Puts a value in as soon as a header was written. */
    private static final class Meddler extends ForwardingFlatStore {
        private final byte[] forged;

        Meddler(FlatStore store, byte[] forged) {
            super(store);
            this.forged = forged;
        }

        @Override
        public void put(byte[] key, byte[] value) throws StoreException {
            super.put(key, value);
            if (new String(key, StandardCharsets.UTF_8).equals(HEADER)) {
                super.put("a".getBytes(StandardCharsets.UTF_8), forged);
            }
        }
    }

    /** A value that is forged under the old data key, with the version of the right one, between the steps of the replacement. */
    @Test
    void whatIsForgedWhileValuesAreRewrittenIsNotTakenOver() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        try (KeyValueStore store = bench.open()) {
            store.set(A, TRUE_VALUE);
        }
        StoreHeader header = StoreHeader.decode(bench.sealed(HEADER)).orElseThrow();
        Secret leaked = new Secret.Key("a key of thirty-two bytes, as is".getBytes(StandardCharsets.US_ASCII));
        Lock lock = Lock.of(header, leaked, new byte[0]);
        Sealer forger = new Sealer(lock.open(header).orElseThrow(), lock.binding(), new Nonces(new SecureRandom()));
        Version version = ValueHeader.decode(bench.sealed("a")).orElseThrow().version();
        byte[] forged =
                forger.begin("a".getBytes(StandardCharsets.UTF_8), version).seal(FORGED);

        Meddler meddler = new Meddler((FlatStore) bench.inner(), forged);
        try (Store store = new CryptProvider().wrap(meddler, with(EncryptedProvider.KEY))) {
            KeyRotation keys = store.facet(KeyRotation.class).orElseThrow();
            assertThatThrownBy(() -> keys.replaceKey(with(OTHER)))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("when the key was replaced");
        }
        assertThatThrownBy(() -> bench.open(with(OTHER))).isInstanceOf(CorruptStoreException.class);
    }

    /** What the old key opens of the past is not taken for the present either: values under the old data key, one by one. */
    @ParameterizedTest
    @MethodSource("changes")
    void valuesOfTheOldKeyAreRefused(StoreProvider format, Change change, String index) throws StoreException {
        if (change == Change.CHANGE_KEY) {
            return; // keeps the data key, as it says
        }
        Workbench bench = Workbench.of(format, "versionIndex", index);
        try (KeyValueStore store = bench.open()) {
            store.set(A, FORGED);
        }
        byte[] old = bench.sealed("a");
        try (KeyValueStore store = bench.open()) {
            store.set(A, TRUE_VALUE);
            change.run(store);
        }
        bench.plant("a", old);
        if (index.equals("true")) {
            assertThatThrownBy(() -> bench.open(change.newKey())).isInstanceOf(CorruptStoreException.class);
        } else {
            try (KeyValueStore store = bench.open(change.newKey())) {
                assertThatThrownBy(() -> store.get(A)).isInstanceOf(CorruptStoreException.class);
            }
        }
    }
}
