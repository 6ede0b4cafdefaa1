package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the device is read. */
class ReadAmplificationTest {
    private static Options options(TestImage image) {
        return image.options().with(LittleFsOptions.BLOCK_SIZE, (long) image.blockSize());
    }

    @Nested
    class Metadata {
        /** Mounting, listing everything and reading everything: each byte at most once. */
        @ParameterizedTest
        @ValueSource(strings = {"split-thinned", "cut-move-2", "wear-chain", "odd-splices", "chamelon-stale-1"})
        void isReadOnce(String name) throws Exception {
            TestImage image = TestImage.load(name);
            ObservedDevice device = new ObservedDevice(image.device());
            BitSet seen = new BitSet();
            try (KeyValueStore store = Stores.open(device, options(image))) {
                for (ObservedDevice.Read read : device.reads()) {
                    for (int i = 0; i < read.length(); i++) {
                        int position = (int) read.position() + i;
                        assertThat(seen.get(position))
                                .as("byte %d is read again", position)
                                .isFalse();
                        seen.set(position);
                    }
                }
                int afterMount = device.reads().size();
                listAll(store, Key.ROOT);
                assertThat(device.reads()).hasSize(afterMount);
            }
        }

        @Test
        void isReadOnlyAsFarAsItsLogGoes() throws Exception {
            TestImage image = TestImage.load("chamelon-w-basic");
            ObservedDevice device = new ObservedDevice(image.device());
            try (KeyValueStore store = Stores.open(device, options(image))) {
                assertThat(store.info().geometry().blockSize()).isEqualTo(4096);
                assertThat(device.reads().stream()
                                .mapToInt(ObservedDevice.Read::length)
                                .sum())
                        .isLessThan(4096);
            }
        }

        @Test
        void isReadAgainOnlyWithoutACache() throws Exception {
            TestImage image = TestImage.load("split-thinned");
            ObservedDevice device = new ObservedDevice(image.device());
            try (KeyValueStore store =
                    Stores.open(device, options(image).with(LittleFsOptions.METADATA_CACHE_BYTES, 0L))) {
                int afterMount = device.reads().size();
                listAll(store, Key.ROOT);
                assertThat(device.reads()).hasSizeGreaterThan(afterMount);
            }
        }
    }

    @Nested
    class AFileInBlocks {
        private final TestImage image = TestImage.load("odd-unreadable");
        private final ObservedDevice device = new ObservedDevice(image.device());

        /** 2600 bytes are six blocks of 512. */
        @Test
        void isReadWithOneReadForEachBlock() throws Exception {
            try (KeyValueStore store = Stores.open(device, options(image))) {
                device.reads().clear();
                store.get(Key.of("big"));
                assertThat(device.reads()).hasSize(6);
            }
        }

        /** From the head, block 5, along the pointer of distance 1 to block 4, and of distance 4 to block 0. */
        @Test
        void isEnteredAlongTheSkipList() throws Exception {
            try (KeyValueStore store = Stores.open(device, options(image))) {
                device.reads().clear();
                store.read(Key.of("big"), 0, ByteBuffer.allocate(16));
                assertThat(device.reads())
                        .containsExactly(
                                new ObservedDevice.Read(27 * 512, 4),
                                new ObservedDevice.Read(26 * 512 + 8, 4),
                                new ObservedDevice.Read(22 * 512, 16));
            }
        }

        @Test
        void isReadInUnitsOfTheDevice() throws Exception {
            Options units = options(image).with(LittleFsOptions.READ_SIZE, 32L).with(LittleFsOptions.PROG_SIZE, 64L);
            try (KeyValueStore store = Stores.open(device, units)) {
                store.read(Key.of("big"), 1021, ByteBuffer.allocate(7));
                store.get(Key.of("big"));
                assertThat(device.reads()).allMatch(read -> read.position() % 32 == 0 && read.length() % 32 == 0);
            }
        }
    }

    private static void listAll(KeyValueStore store, Key key) throws Exception {
        for (Entry entry : store.list(key).toList()) {
            if (entry.kind() == Kind.DICTIONARY) {
                listAll(store, entry.key());
            } else {
                store.size(entry.key());
                store.lastModified(entry.key());
            }
        }
    }
}
