package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.backend.ForwardingFlatStore;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.WrongKeyException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of keys that fail in the middle, in a store that goes on living. */
@Campaign
class UnfinishedRotationTest {
    private static final CryptKey OTHER = CryptKey.of(new byte[32]);
    private static final CryptKey THIRD =
            CryptKey.of("thirty-two bytes of another key.".getBytes(StandardCharsets.US_ASCII));
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    /** When a write of a stumbling store fails. */
    private enum Fault {
        /** Before it has done anything, for want of space. */
        NO_SPACE,
        /** After it was done, as when the confirmation is lost. */
        DONE_ALL_THE_SAME
    }

    /** Fails once in a write that is chosen, and notes the sealed forms that are written under each name and version. */
    private static final class Stumbling extends ForwardingFlatStore {
        private final Map<ByteBuffer, byte[]> forms = new HashMap<>();
        private final List<String> reused = new ArrayList<>();
        private int repeated;
        private String name = "";
        private Fault fault = Fault.NO_SPACE;

        Stumbling(FlatStore store) {
            super(store);
        }

        void stumbleAt(String failing, Fault how) {
            name = failing;
            fault = how;
        }

        @Override
        public void put(byte[] key, byte[] value) throws StoreException {
            String written = new String(key, StandardCharsets.UTF_8);
            boolean fails = written.equals(name);
            if (fails) {
                name = "";
            }
            if (!written.startsWith("morgana")) {
                note(written, value);
            }
            if (fails && fault == Fault.NO_SPACE) {
                throw new NoSpaceException("a test");
            }
            super.put(key, value);
            if (fails) {
                throw new DeviceIoException("ram", "the confirmation was lost", 0, 0, new IOException());
            }
        }

        @Override
        public void put(byte[] key, InputStream value) throws StoreException {
            try {
                put(key, value.readAllBytes());
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Key and nonces follow from name and version; so the form must, too. */
        private void note(String written, byte[] sealed) {
            byte[] version = Arrays.copyOfRange(sealed, 5, 29);
            byte[] owner = (written + " ").getBytes(StandardCharsets.UTF_8);
            ByteBuffer place = ByteBuffer.allocate(owner.length + version.length)
                    .put(owner)
                    .put(version)
                    .flip();
            byte[] other = forms.putIfAbsent(place, sealed.clone());
            repeated += other == null ? 0 : 1;
            if (other != null && !Arrays.equals(other, sealed)) {
                reused.add(written);
            }
        }
    }

    private enum Change {
        CHANGE_KEY,
        ROTATE,
        REPLACE_KEY;

        void run(FlatStore store) throws StoreException {
            KeyRotation keys = store.facet(KeyRotation.class).orElseThrow();
            switch (this) {
                case CHANGE_KEY -> keys.changeKey(with(OTHER));
                case ROTATE -> keys.rotate();
                case REPLACE_KEY -> keys.replaceKey(with(OTHER));
            }
        }
    }

    private static Options with(CryptKey key) {
        return Options.none().with(CryptOptions.KEY, () -> key);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<StoreProvider> formats() {
        return Stream.of(new EkvProvider(), new EmbedKvProvider(), new PwKvsProvider());
    }

    static Stream<Arguments> changes() {
        return formats()
                .flatMap(format -> Arrays.stream(Change.values())
                        .flatMap(change ->
                                Stream.of("false", "true").map(index -> Arguments.of(format, change, index))));
    }

    private static Workbench filled(StoreProvider format, String index) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", index);
        try (FlatStore store = opened((FlatStore) bench.inner(), EncryptedProvider.KEY)) {
            for (String name : NAMES) {
                store.put(utf8(name), utf8("value of " + name));
            }
        }
        return bench;
    }

    private static FlatStore opened(FlatStore inner, CryptKey key) throws StoreException {
        return (FlatStore) new CryptProvider().wrap(inner, with(key));
    }

    private static FlatStore openedWithOneOf(Workbench bench, CryptKey... keys) throws StoreException {
        for (CryptKey key : keys) {
            try {
                return opened((FlatStore) bench.inner(), key);
            } catch (WrongKeyException e) {
                // the next one
            }
        }
        throw new AssertionError("no key opens the store");
    }

    private static void expectFilled(FlatStore store) throws StoreException {
        for (String name : NAMES) {
            assertThat(store.get(utf8(name))).as(name).contains(utf8("value of " + name));
        }
    }

    /** Another lock in between begins an epoch; what is rewritten after it must not be sealed differently under the same version. */
    @ParameterizedTest
    @MethodSource("formats")
    void oneVersionHasOneSealedForm(StoreProvider format) throws StoreException {
        for (String index : List.of("false", "true")) {
            Workbench bench = filled(format, index);
            Stumbling inner = new Stumbling((FlatStore) bench.inner());
            try (FlatStore store = opened(inner, EncryptedProvider.KEY)) {
                KeyRotation keys = store.facet(KeyRotation.class).orElseThrow();
                for (String name : NAMES) {
                    inner.stumbleAt(name, Fault.NO_SPACE);
                    assertThatThrownBy(keys::rotate)
                            .isInstanceOf(NoSpaceException.class)
                            .hasMessageContaining("rotating again goes on");
                    keys.changeKey(with(name.equals("b") ? OTHER : THIRD));
                }
                store.put(utf8("new"), utf8("while it is unfinished"));
                keys.rotate();
                expectFilled(store);
            }
            assertThat(inner.repeated)
                    .as("versions that were sealed more than once")
                    .isGreaterThanOrEqualTo(NAMES.size());
            assertThat(inner.reused).isEmpty();
            try (FlatStore store = opened((FlatStore) bench.inner(), THIRD)) {
                expectFilled(store);
                assertThat(store.info().properties()).doesNotContainKey("keyRotation");
            }
        }
    }

    /** A write that was done although it failed: the store goes on under the keys that it has, and opens again. */
    @ParameterizedTest
    @MethodSource("changes")
    void writeThatWasDoneAllTheSame(StoreProvider format, Change change, String index) throws StoreException {
        for (String name : List.of("morgana.crypt", "morgana.crypt.state", "a", "c")) {
            for (boolean again : new boolean[] {false, true}) {
                Workbench bench = filled(format, index);
                Stumbling inner = new Stumbling((FlatStore) bench.inner());
                try (FlatStore store = opened(inner, EncryptedProvider.KEY)) {
                    inner.stumbleAt(name, Fault.DONE_ALL_THE_SAME);
                    try {
                        change.run(store);
                    } catch (DeviceIoException e) {
                        // nobody can know whether it was done
                    }
                    inner.stumbleAt("", Fault.NO_SPACE);
                    expectFilled(store);
                    store.put(utf8("later"), utf8("one"));
                    store.put(utf8("later"), utf8("two"));
                    if (again) {
                        store.facet(KeyRotation.class).orElseThrow().rotate();
                    }
                    expectFilled(store);
                }
                try (FlatStore store = openedWithOneOf(bench, EncryptedProvider.KEY, OTHER)) {
                    expectFilled(store);
                    assertThat(store.get(utf8("later"))).contains(utf8("two"));
                }
            }
        }
    }

    private static Workbench unfinished(StoreProvider format) throws StoreException {
        Workbench bench = filled(format, "false");
        Stumbling inner = new Stumbling((FlatStore) bench.inner());
        try (FlatStore store = opened(inner, EncryptedProvider.KEY)) {
            inner.stumbleAt("b", Fault.NO_SPACE);
            assertThatThrownBy(() -> Change.REPLACE_KEY.run(store)).isInstanceOf(NoSpaceException.class);
        }
        assertThatThrownBy(() -> opened((FlatStore) bench.inner(), EncryptedProvider.KEY))
                .isInstanceOf(WrongKeyException.class);
        return bench;
    }

    /** It opens with the new key alone, and goes on by itself. */
    @ParameterizedTest
    @MethodSource("formats")
    void openingGoesOn(StoreProvider format) throws StoreException {
        Workbench bench = unfinished(format);
        try (FlatStore store = opened((FlatStore) bench.inner(), OTHER)) {
            expectFilled(store);
            assertThat(store.info().properties()).doesNotContainKey("keyRotation");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void damagedValueIsNamed(StoreProvider format) throws StoreException {
        Workbench bench = unfinished(format);
        byte[] rotten = bench.sealed("d");
        rotten[rotten.length - 1] ^= 1;
        bench.plant("d", rotten);
        assertThatThrownBy(() -> bench.open(with(OTHER)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("sealed value of d");
        bench.unplant("d");
        assertThatThrownBy(() -> bench.open(with(OTHER)))
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("when the data key began to be replaced")
                .hasMessageContaining("readOnly=true");
    }

    /** The way into a store whose values do not fit is for looking, as long as it would bring them under the new key. */
    @ParameterizedTest
    @MethodSource("formats")
    void acceptVersionsTakesNothingOver(StoreProvider format) throws StoreException {
        Workbench bench = unfinished(format);
        bench.unplant("d");
        assertThatThrownBy(() -> bench.open(with(OTHER).plus("acceptVersions", "true")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("acceptVersions");
    }
}
