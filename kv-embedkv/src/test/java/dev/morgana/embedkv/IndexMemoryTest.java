package dev.morgana.embedkv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import org.junit.jupiter.api.Test;

/** The index takes as much memory as is allowed, tells how much, and what goes beyond is refused. */
class IndexMemoryTest {
    private static final Options SMALL = Options.none().plus("indexBytes", "10000");

    private static byte[] key(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8)};
    }

    private static long indexBytes(FlatStore store) {
        return Long.parseLong(store.info().properties().get("indexBytes"));
    }

    /** As many keys as the bound takes. */
    private static int fill(FlatStore store) throws StoreException {
        for (int i = 0; ; i++) {
            try {
                store.put(key(i), new byte[1]);
            } catch (LimitExceededException e) {
                assertThat(e).hasMessageContaining("indexBytes");
                return i;
            }
        }
    }

    @Test
    void growsWithTheKeysAndShrinksAgain() throws StoreException {
        Replicas replicas = Replicas.formatted(2, 64, 40);
        try (FlatStore store = replicas.open()) {
            assertThat(indexBytes(store)).isZero();
            store.put(key(1), new byte[1]);
            long one = indexBytes(store);
            assertThat(one).isPositive();
            store.put(key(2), new byte[1]);
            store.put(key(2), new byte[3]);
            assertThat(indexBytes(store)).isEqualTo(2 * one);
            store.remove(key(2));
            assertThat(indexBytes(store)).isEqualTo(one);
            store.clear();
            assertThat(indexBytes(store)).isZero();
        }
    }

    @Test
    void takesNoMoreKeysThanTheBoundAllows() throws StoreException {
        Replicas replicas = Replicas.formatted(2, 64, 400);
        try (FlatStore store = EmbedKv.open(replicas.devices(), SMALL).store()) {
            int keys = fill(store);
            assertThat(keys).isBetween(10, 100);
            assertThat(indexBytes(store)).isLessThanOrEqualTo(10_000);
            assertThat(store.get(key(keys))).isEmpty();
            store.put(key(0), new byte[9]); // no further key
            store.remove(key(1));
            store.put(key(keys), new byte[1]);
        }
    }

    @Test
    void isReadAgainWithTheSameBound() throws StoreException {
        Replicas replicas = Replicas.formatted(2, 64, 400);
        try (FlatStore store = EmbedKv.open(replicas.devices(), SMALL).store()) {
            fill(store);
        }
        try (FlatStore store = EmbedKv.open(replicas.devices(), SMALL).store()) {
            assertThat(indexBytes(store)).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    void ofTooManyKeysIsNotOpened() throws StoreException {
        Replicas replicas = Replicas.formatted(1, 64, 400);
        try (FlatStore store = replicas.open()) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i), new byte[1]);
            }
        }
        byte[] image = replicas.image(0);

        assertThatThrownBy(() -> EmbedKv.open(replicas.devices(), SMALL).store())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("indexBytes");
        assertThat(replicas.image(0)).isEqualTo(image);
    }
}
