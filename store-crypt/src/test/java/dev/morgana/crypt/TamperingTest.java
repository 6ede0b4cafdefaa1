package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody without the key does to the values of a store is noticed, whatever it is. */
@Campaign
class TamperingTest {
    private static final Key A = Key.of("a");
    private static final int HEADER = 29;

    static Stream<StoreProvider> formats() {
        return Stream.of(
                new LittleFsProvider(),
                new EkvProvider(),
                new EkvFsProvider(),
                new EmbedKvProvider(),
                new PwKvsProvider());
    }

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Every way to a value says that it is damaged; none crashes, or gives a byte. */
    private static void expectNoticed(KeyValueStore store, Key key, String what) throws StoreException {
        assertThatThrownBy(() -> store.get(key)).as(what).isInstanceOf(CorruptStoreException.class);
        assertThatThrownBy(() -> {
                    try (InputStream stream = store.open(key)) {
                        stream.transferTo(OutputStream.nullOutputStream());
                    }
                })
                .as(what)
                .isInstanceOf(CorruptStoreException.class);
        assertThatThrownBy(() -> {
                    ByteBuffer target = ByteBuffer.allocate(1 << 16);
                    store.read(key, 0, target);
                })
                .as(what)
                .isInstanceOf(CorruptStoreException.class);
        assertThat(store.kind(key)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyByteOfEveryValue(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        int[] sizes = {0, 1, 60, 300};
        try (KeyValueStore store = bench.open()) {
            for (int size : sizes) {
                store.set(Key.of("v" + size), bytes(size, size));
            }
        }
        for (int size : sizes) {
            Key key = Key.of("v" + size);
            byte[] sealed = bench.sealed("v" + size);
            assertThat(sealed).hasSize(HEADER + size + 16);
            byte[] image = bench.image();
            for (int i = 0; i < sealed.length; i++) {
                byte[] damaged = sealed.clone();
                damaged[i] ^= (byte) (1 << i % 8);
                bench.plant("v" + size, damaged);
                try (KeyValueStore store = bench.open()) {
                    expectNoticed(store, key, "byte " + i + " of " + sealed.length);
                }
                bench.restore(image);
            }
        }
    }

    /** A value of several segments, in the one store that takes large values under one raw key in little time. */
    @Test
    void everyByteOfALargeValue() throws StoreException {
        Workbench bench = Workbench.of(new LittleFsProvider());
        byte[] value = bytes(2 * 4096 + 77, 5);
        try (KeyValueStore store = bench.open()) {
            store.set(A, value);
        }
        byte[] sealed = bench.sealed("a");
        Random random = new Random(5);
        try (Store inner = bench.inner()) {
            KeyValueStore store =
                    (KeyValueStore) new CryptProvider().wrap(inner, EncryptedProvider.options(Options.none()));
            for (int i = 0; i < sealed.length; i += 1 + random.nextInt(20)) {
                byte[] damaged = sealed.clone();
                damaged[i] ^= 1;
                Workbench.plant(inner, "a", damaged);
                expectNoticed(store, A, "byte " + i);
            }
            Workbench.plant(inner, "a", sealed);
            assertThat(store.get(A)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valuesOfTwoKeysExchanged(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(50, 1));
            store.set(Key.of("b"), bytes(50, 2));
        }
        byte[] a = bench.sealed("a");
        byte[] b = bench.sealed("b");
        bench.plant("a", b);
        bench.plant("b", a);
        try (KeyValueStore store = bench.open()) {
            expectNoticed(store, A, "b's value");
            expectNoticed(store, Key.of("b"), "a's value");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valueMovedUnderAnotherKey(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(50, 1));
        }
        bench.plant("c", bench.sealed("a"));
        bench.unplant("a");
        try (KeyValueStore store = bench.open()) {
            expectNoticed(store, Key.of("c"), "a's value");
            assertThatThrownBy(() -> store.size(Key.of("c"))).isInstanceOf(CorruptStoreException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valueMadeShorterOrLonger(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(100, 1));
        }
        byte[] sealed = bench.sealed("a");
        byte[] image = bench.image();
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, HEADER - 1, HEADER, HEADER + 15, HEADER + 16));
        lengths.addAll(List.of(sealed.length - 1, sealed.length + 1, sealed.length + 16, sealed.length + 45));
        for (int length : lengths) {
            bench.plant("a", Arrays.copyOf(sealed, length));
            try (KeyValueStore store = bench.open()) {
                expectNoticed(store, A, length + " of " + sealed.length + " bytes");
                assertThatThrownBy(() -> store.size(A)).isInstanceOf(CorruptStoreException.class);
            }
            bench.restore(image);
        }
    }

    /** At the borders of segments every tag is right; only that the last segment is the last one tells. */
    @Test
    void segmentsCutOffExchangedOrRepeated() throws StoreException {
        Workbench bench = Workbench.of(new LittleFsProvider());
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(3 * 4096, 1));
        }
        byte[] sealed = bench.sealed("a");
        int segment = 4096 + 16;
        assertThat(sealed).hasSize(HEADER + 3 * segment);
        byte[] exchanged = sealed.clone();
        System.arraycopy(sealed, HEADER, exchanged, HEADER + segment, segment);
        System.arraycopy(sealed, HEADER + segment, exchanged, HEADER, segment);
        byte[] repeated = Arrays.copyOf(sealed, sealed.length + segment);
        System.arraycopy(sealed, HEADER + 2 * segment, repeated, sealed.length, segment);
        for (byte[] damaged : List.of(
                Arrays.copyOf(sealed, HEADER + segment),
                Arrays.copyOf(sealed, HEADER + 2 * segment),
                exchanged,
                repeated)) {
            bench.plant("a", damaged);
            try (KeyValueStore store = bench.open()) {
                expectNoticed(store, A, damaged.length + " bytes");
                if (damaged.length != sealed.length) {
                    assertThatThrownBy(() -> store.size(A)).isInstanceOf(CorruptStoreException.class);
                    assertThatThrownBy(() -> store.read(A, 1 << 20, ByteBuffer.allocate(1)))
                            .as("even the end is authenticated")
                            .isInstanceOf(CorruptStoreException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyByteOfTheHeader(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        byte[] header = bench.sealed("morgana.crypt");
        byte[] image = bench.image();
        for (int i = 0; i < header.length; i++) {
            byte[] damaged = header.clone();
            damaged[i] ^= (byte) 0x80;
            bench.plant("morgana.crypt", damaged);
            assertThatThrownBy(bench::open).as("byte " + i).isInstanceOf(CorruptStoreException.class);
            bench.restore(image);
        }
        bench.unplant("morgana.crypt");
        assertThatThrownBy(bench::open)
                .isInstanceOf(CorruptStoreException.class)
                .hasMessageContaining("it was removed");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void damagedValueCanBeReplacedAndRemoved(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(20, 1));
            store.set(Key.of("b"), bytes(20, 2));
        }
        bench.plant("a", new byte[60]);
        bench.plant("b", new byte[0]);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(9, 3));
            assertThat(store.get(A)).isEqualTo(bytes(9, 3));
            assertThat(store.remove(Key.of("b"))).isTrue();
            assertThat(store.kind(Key.of("b"))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void checkFindsEachDamagedValue(StoreProvider format) throws StoreException {
        Workbench bench = Workbench.of(format);
        try (KeyValueStore store = bench.open()) {
            store.set(A, bytes(20, 1));
            store.set(Key.of("b"), bytes(20, 2));
            store.set(Key.of("c"), bytes(20, 3));
        }
        bench.plant("a", bench.sealed("b"));
        bench.plant("c", new byte[3]);
        try (KeyValueStore store = bench.open()) {
            List<Finding> findings = new ArrayList<>();
            Check check = store.facet(Check.class).orElseThrow();
            check.check(Check.Depth.STRUCTURE, findings::add);
            assertThat(findings)
                    .as("no key is needed for the structure, and none is used")
                    .isEmpty();
            check.check(Check.Depth.DEEP, findings::add);
            assertThat(findings)
                    .extracting(Finding::rule, Finding::subject)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("sealed-value", "a"),
                            org.assertj.core.groups.Tuple.tuple("sealed-value", "c"));
        }
    }

    @Test
    void foreignNamesAmongHiddenOnes() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider(), "hideNames", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("secret"), bytes(20, 1));
        }
        bench.plant("planted", new byte[50]);
        try (KeyValueStore store = bench.open()) {
            assertThat(store.get(Key.of("secret"))).isEqualTo(bytes(20, 1));
            assertThatThrownBy(() -> store.list(Key.ROOT)).isInstanceOf(CorruptStoreException.class);
            List<Finding> findings = new ArrayList<>();
            store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            assertThat(findings).extracting(Finding::rule).containsExactly("hidden-name");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void hiddenNamesShowNowhere(StoreProvider format) throws StoreException {
        if (format instanceof EkvFsProvider) {
            assertThatThrownBy(() -> Workbench.of(format, "hideNames", "true"))
                    .as("paths of ekv-fs are too short for hidden names")
                    .hasMessageContaining("hideNames");
            return;
        }
        Workbench bench = Workbench.of(format, "hideNames", "true");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("visible/telltale"), "plaintext".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        String image = new String(bench.image(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(image).contains("morgana.crypt").doesNotContain("visible", "telltale", "plaintext");
        try (KeyValueStore store = bench.open()) {
            assertThat(store.list(Key.of("visible")).map(entry -> entry.key().toString()))
                    .containsExactly("/visible/telltale");
        }
    }
}
