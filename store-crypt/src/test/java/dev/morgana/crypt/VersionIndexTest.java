package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Earlier values of the same key: noticed where the store keeps a version index, and a limit that is documented where not. */
@Campaign
class VersionIndexTest {
    private static final Key A = Key.of("a");
    private static final byte[] FIRST = {1, 1, 1};
    private static final byte[] SECOND = {2, 2};

    static Stream<StoreProvider> formats() {
        return Stream.of(new LittleFsProvider(), new EkvProvider(), new EmbedKvProvider(), new PwKvsProvider());
    }

    /** A store in which a key had two values, and the sealed form of the first. */
    private static byte[] rewritten(Workbench bench) throws StoreException {
        try (KeyValueStore store = bench.open()) {
            store.set(A, FIRST);
            store.set(Key.of("b"), FIRST);
        }
        byte[] earlier = bench.sealed("a");
        try (KeyValueStore store = bench.open()) {
            store.set(A, SECOND);
        }
        return earlier;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void earlierValueIsNoticedWhenTheStoreIsOpened(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        byte[] earlier = rewritten(bench);
        bench.plant("a", earlier);
        assertThatThrownBy(bench::open)
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("earlier one")
                .hasMessageContaining("acceptVersions");
        // The way back: what is there is taken as it is, and the index begins anew.
        try (KeyValueStore store = bench.open(Options.none().plus("acceptVersions", "true"))) {
            assertThat(store.get(A)).isEqualTo(FIRST);
        }
        try (KeyValueStore store = bench.open()) {
            assertThat(store.get(A)).isEqualTo(FIRST);
            store.set(A, SECOND);
            assertThat(store.get(A)).isEqualTo(SECOND);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void removedValueThatComesBackIsNoticed(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        byte[] earlier = rewritten(bench);
        try (KeyValueStore store = bench.open()) {
            store.remove(A);
        }
        bench.open().close();
        bench.plant("a", earlier);
        assertThatThrownBy(bench::open).isInstanceOf(CorruptStoreException.class);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valueThatIsGoneIsNoticed(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        rewritten(bench);
        bench.unplant("b");
        assertThatThrownBy(bench::open).isInstanceOf(CorruptStoreException.class);
    }

    /** Its own record is a value like any other: an earlier one does not fit to the values that have changed since. */
    @ParameterizedTest
    @MethodSource("formats")
    void earlierIndexWithTheEarlierValueIsNoticed(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(A, FIRST);
        }
        byte[] value = bench.sealed("a");
        byte[] index = bench.sealed("morgana.crypt.state");
        try (KeyValueStore store = bench.open()) {
            store.set(A, SECOND);
            store.set(Key.of("b"), SECOND);
        }
        bench.plant("a", value);
        bench.plant("morgana.crypt.state", index);
        assertThatThrownBy(bench::open).isInstanceOf(CorruptStoreException.class);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void earlierValueIsNoticedAndNamedWhileTheStoreIsOpen(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format, "versionIndex", "true");
        byte[] earlier = rewritten(bench);
        try (Store inner = bench.inner()) {
            Store layered = new CryptProvider().wrap(inner, EncryptedProvider.options(Options.none()));
            KeyValueStore store = dev.morgana.spi.Morgana.tree(layered);
            Workbench.plant(inner, "a", earlier);
            assertThatThrownBy(() -> store.get(A))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("value of a")
                    .hasMessageContaining("earlier");
            assertThatThrownBy(() -> store.size(A)).isInstanceOf(CorruptStoreException.class);
            assertThatThrownBy(() -> store.open(A)).isInstanceOf(CorruptStoreException.class);
            assertThat(store.get(Key.of("b"))).isEqualTo(FIRST);
        }
    }

    /** The limit of a store without the index, as the documentation says it. */
    @Test
    void withoutAnIndexAnEarlierValueIsTakenForTheNewOne() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        byte[] earlier = rewritten(bench);
        bench.plant("a", earlier);
        try (KeyValueStore store = bench.open()) {
            assertThat(store.get(A)).isEqualTo(FIRST);
        }
    }

    /** The other documented limit: an older image as a whole. */
    @Test
    void olderImageAsAWholeIsTakenForTheNewOne() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider(), "versionIndex", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(A, FIRST);
        }
        byte[] older = bench.image();
        try (KeyValueStore store = bench.open()) {
            store.set(A, SECOND);
        }
        bench.restore(older);
        try (KeyValueStore store = bench.open()) {
            assertThat(store.get(A)).isEqualTo(FIRST);
        }
    }
}
