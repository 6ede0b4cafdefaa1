package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.KeyRotation;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No two values are ever encrypted under the same generation, version and name, whatever happens to the image in between. */
@Campaign
class NonceTest {
    /** What is sealed in a store over time: by the version, which decides about key and nonces, the forms that bear it. */
    private static final class Audit {
        private final Map<ByteBuffer, ByteBuffer> sealedByVersion = new HashMap<>();
        private final List<String> reused = new ArrayList<>();

        void look(Workbench bench) throws StoreException {
            try (Store inner = bench.inner()) {
                for (String name : names(inner)) {
                    if (!name.equals("morgana.crypt") && !name.equals("morgana.crypt.reserve")) {
                        note(name, bench.sealed(name));
                    }
                }
            }
        }

        private static List<String> names(Store inner) throws StoreException {
            if (inner instanceof FlatStore flat) {
                try (Stream<byte[]> keys = flat.keys()) {
                    return keys.map(String::new).toList();
                }
            }
            try (var entries = ((KeyValueStore) inner).list(Key.ROOT)) {
                return entries.map(entry -> entry.key().name()).toList();
            }
        }

        private void note(String name, byte[] sealed) {
            ByteBuffer whole = ByteBuffer.wrap(sealed);
            ByteBuffer other =
                    sealedByVersion.putIfAbsent(ByteBuffer.wrap(sealed, 5, 24).slice(), whole);
            if (other != null && !other.equals(whole)) {
                reused.add(name);
            }
        }
    }

    /** A source that gives the same few draws again and again. */
    private static final class Cycle extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final int length;
        private int draws;

        Cycle(int length) {
            this.length = length;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) (draws++ % length));
        }
    }

    static Stream<StoreProvider> formats() {
        return Stream.of(new LittleFsProvider(), new EkvProvider(), new PwKvsProvider());
    }

    /** Writes, returns to older images, rotates; looks after each change. */
    private static Audit history(Workbench bench, int rounds) throws StoreException {
        Audit audit = new Audit();
        byte[] older = {};
        for (int round = 0; round < rounds; round++) {
            try (KeyValueStore store = bench.open()) {
                for (int i = 0; i < 5; i++) {
                    store.set(Key.of("k" + i % 3), new byte[] {(byte) round, (byte) i});
                }
                if (round % 3 == 2) {
                    store.facet(KeyRotation.class).orElseThrow().rotate();
                }
            }
            audit.look(bench);
            if (round % 4 == 0) {
                older = bench.image();
            }
            if (round % 4 == 3) {
                bench.restore(older); // as after a crash, or a restored backup
            }
        }
        return audit;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void neverReusedAcrossOlderImagesAndRotations(StoreProvider format) throws StoreException {
        Audit audit = history(Workbench.of(format, "versionIndex", "true"), 20);
        assertThat(audit.sealedByVersion).hasSizeGreaterThan(60);
        assertThat(audit.reused).isEmpty();
    }

    @Test
    void auditCatchesASourceThatRepeatsItself() throws StoreException {
        Audit audit = history(Workbench.of(new EkvProvider(), new Cycle(7)), 8);
        assertThat(audit.reused).isNotEmpty();
    }

    @Test
    void sourceThatIsStuckIsRefusedBeforeAnythingIsWritten() throws StoreException {
        assertThatThrownBy(() -> Workbench.of(new EkvProvider(), new Cycle(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("repeats itself");
    }

    @Test
    void sameContentsLookDifferentEachTime() throws StoreException {
        Workbench bench = Workbench.of(new EkvProvider());
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("a"), new byte[100]);
        }
        byte[] first = bench.sealed("a");
        try (KeyValueStore store = bench.open()) {
            store.set(Key.of("a"), new byte[100]);
        }
        assertThat(bench.sealed("a")).isNotEqualTo(first);
    }
}
