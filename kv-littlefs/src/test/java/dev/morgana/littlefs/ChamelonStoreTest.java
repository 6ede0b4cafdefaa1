package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract of stores does not ask of the dialect of chamelon. */
class ChamelonStoreTest {
    private static final int BLOCK_SIZE = 512;
    private static final int BLOCKS = 40;

    private final RamDevice device = RamDevice.erased(Geometry.ofBlocks(BLOCK_SIZE, BLOCKS));

    private static byte[] content(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A stream that changes the store when half of it was read. */
    private static final class ChangingStream extends InputStream {
        private final InputStream bytes;
        private final int half;
        private final Change change;
        private int read;

        interface Change {
            void run() throws IOException;
        }

        ChangingStream(byte[] content, Change change) {
            this.bytes = new ByteArrayInputStream(content);
            this.half = content.length / 2;
            this.change = change;
        }

        @Override
        public int read() throws IOException {
            if (read++ == half) {
                change.run();
            }
            return bytes.read();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"d/e/value", "d/other", "other", "d/e/f/g"})
    void aStreamMayChangeTheStore(String changed) throws Exception {
        LittleFs.format(device, ChamelonFixture.DIALECT);
        Key key = Key.of("d/e/value");
        byte[] value = content(4000, 1);
        byte[] other = content(3000, 2);
        try (KeyValueStore store = Stores.open(device, ChamelonFixture.DIALECT)) {
            store.set(key, new ChangingStream(value, () -> {
                // More than the window has, so that free blocks are looked for while half a value is written.
                store.set(Key.of(changed), other);
                store.set(Key.of(changed), other);
            }));
            assertThat(store.get(key)).isEqualTo(value);
            if (!key.equals(Key.of(changed))) {
                assertThat(store.get(Key.of(changed))).isEqualTo(other);
            }
        }
        RamDevice again = RamDevice.of(Geometry.ofBlocks(BLOCK_SIZE, BLOCKS), device.image());
        try (KeyValueStore store = Stores.open(again, ChamelonFixture.DIALECT)) {
            assertThat(store.get(key)).isEqualTo(value);
        }
        assertThat(LeastCommonImage.violations(device.image(), BLOCK_SIZE))
                .allMatch(violation -> violation.contains("three blocks"));
    }

    /** Values of three blocks and more are chamelon's own, of any size. */
    @Test
    void holdsLargeValues() throws Exception {
        LittleFs.format(device, ChamelonFixture.DIALECT);
        byte[] value = content(17 * BLOCK_SIZE, 3);
        try (KeyValueStore store = Stores.open(device, ChamelonFixture.DIALECT)) {
            store.set(Key.of("large"), new ByteArrayInputStream(value));
            assertThat(store.get(Key.of("large"))).isEqualTo(value);
            assertThat(store.remove(Key.of("large"))).isTrue();
            store.set(Key.of("again"), value);
            assertThat(store.get(Key.of("again"))).isEqualTo(value);
        }
    }
}
