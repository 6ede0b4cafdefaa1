package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.model.Content;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be stored is refused, and nothing changes. */
class RefusalTest {
    private static final int BLOCK_SIZE = 64;
    private static final int BLOCKS = 12;
    private static final byte[] KEY = "key".getBytes(UTF_8);

    /** What fits beside the key into all blocks but the header, by the page's section 8. */
    private static final int LARGEST = (BLOCK_SIZE - 36 - 3) + (BLOCKS - 2) * (BLOCK_SIZE - 24);

    private static void expectCode(Throwable error, String code) {
        assertThat(((StoreException) error).nativeCode()).hasValue(code);
    }

    private static byte[] bytes(int size) {
        return new Content(size, 1).bytes();
    }

    @Nested
    class Keys {
        @Test
        void ofEveryLengthThatFitsAreTaken() throws StoreException {
            for (int length = 0; length <= BLOCK_SIZE - 36; length++) {
                Replicas replicas = Replicas.formatted(1, BLOCK_SIZE, BLOCKS);
                byte[] key = bytes(length);
                try (FlatStore store = replicas.open()) {
                    store.put(key, KEY);
                }
                try (FlatStore store = replicas.open()) {
                    assertThat(store.get(key)).hasValue(KEY);
                }
            }
        }

        @Test
        void thatAreLongerAreRefused() throws StoreException {
            Replicas replicas = Replicas.formatted(3, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                List<byte[]> before = replicas.images();
                assertThatThrownBy(() -> store.put(bytes(BLOCK_SIZE - 35), KEY))
                        .isInstanceOf(LimitExceededException.class)
                        .satisfies(e -> expectCode(e, "KeyTooLong"));
                assertThat(replicas.images()).containsExactlyElementsOf(before);
                assertThat(store.get(bytes(BLOCK_SIZE - 35))).isEmpty();
                assertThat(store.remove(bytes(BLOCK_SIZE - 35))).isFalse();
            }
        }

        /** The reference implementations cut the length to 16 bits. */
        @Test
        void ofMoreThan65535BytesAreRefusedInLargeBlocksToo() throws StoreException {
            Replicas replicas = Replicas.formatted(1, 1 << 17, 3);
            try (FlatStore store = replicas.open()) {
                store.put(bytes(65535), KEY);
                assertThat(store.get(bytes(65535))).hasValue(KEY);
                assertThatThrownBy(() -> store.put(bytes(65536), KEY))
                        .isInstanceOf(LimitExceededException.class)
                        .satisfies(e -> expectCode(e, "KeyTooLong"));
            }
        }

        /** To the Rust implementation these three are one key. */
        @Test
        void thatAreNoTextAreKeptApart() throws StoreException {
            byte[][] keys = {{(byte) 0x80}, {(byte) 0x81}, "\ufffd".getBytes(UTF_8)};
            Replicas replicas = Replicas.formatted(1, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                for (byte[] key : keys) {
                    store.put(key, key);
                }
            }
            try (FlatStore store = replicas.open()) {
                for (byte[] key : keys) {
                    assertThat(store.get(key)).hasValue(key);
                }
            }
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @ValueSource(ints = {1, 3})
        void thatFillTheDeviceAreTakenAndLargerOnesRefused(int count) throws StoreException {
            Replicas replicas = Replicas.formatted(count, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                assertThatThrownBy(() -> store.put(KEY, bytes(LARGEST + 1)))
                        .isInstanceOf(NoSpaceException.class)
                        .satisfies(e -> expectCode(e, "StorageFull"));
                store.put(KEY, bytes(LARGEST));
            }
            try (FlatStore store = replicas.open()) {
                assertThat(store.get(KEY)).hasValue(bytes(LARGEST));
            }
        }

        @Test
        void thatTurnOutTooLargeWhileTheyStreamLeaveNothingBehind() throws StoreException {
            Replicas replicas = Replicas.formatted(3, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                String free = store.info().properties().get("freeBlocks");
                assertThatThrownBy(() -> store.put(KEY, new ByteArrayInputStream(bytes(LARGEST + 1))))
                        .isInstanceOf(NoSpaceException.class);
                assertThat(store.info().properties()).containsEntry("freeBlocks", free);
                assertThat(store.get(KEY)).isEmpty();
                store.put(KEY, new ByteArrayInputStream(bytes(LARGEST)));
            }
        }

        @Test
        void thatFindAFullDeviceLeaveTheOldOne() throws StoreException {
            Replicas replicas = Replicas.formatted(3, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                store.put(KEY, bytes(LARGEST));
                assertThatThrownBy(() -> store.put(KEY, new byte[0])).isInstanceOf(NoSpaceException.class);
                assertThat(store.get(KEY)).hasValue(bytes(LARGEST));
                assertThat(store.remove(KEY)).isTrue();
                store.put(KEY, new byte[0]);
                assertThat(store.get(KEY)).hasValue(new byte[0]);
            }
        }
    }

    @Nested
    class Generations {
        /** The reference implementations go on with 0, and lose the new value if the power fails before the old one is gone. */
        @Test
        void endWithTheLastNumberUntilTheKeyIsRemoved() throws StoreException {
            Replicas replicas = Replicas.formatted(1, BLOCK_SIZE, BLOCKS);
            try (FlatStore store = replicas.open()) {
                store.put(KEY, bytes(3));
            }
            byte[] image = replicas.image(0);
            Arrays.fill(image, BLOCK_SIZE + 4, BLOCK_SIZE + 8, (byte) 0xff);
            Images.seal(image, 1, BLOCK_SIZE);
            replicas.replace(0, image);
            try (FlatStore store = replicas.open()) {
                assertThatThrownBy(() -> store.put(KEY, bytes(4)))
                        .isInstanceOf(LimitExceededException.class)
                        .hasMessageContaining("generation");
                assertThat(store.get(KEY)).hasValue(bytes(3));
                store.remove(KEY);
                store.put(KEY, bytes(4));
            }
        }
    }

    @Nested
    class BlockSizes {
        @ParameterizedTest
        @ValueSource(ints = {1, 31, 32, 35})
        void thatCarryNoRecordAreNotFormatted(int size) {
            assertThatThrownBy(() -> Replicas.formatted(1, size, BLOCKS))
                    .isInstanceOf(InvalidOptionException.class)
                    .satisfies(e -> expectCode(e, "InvalidBlockSize"));
        }

        @ParameterizedTest
        @ValueSource(ints = {32, 33, 34, 35})
        void thatTheFormatOpensButCannotUseStoreNothing(int size) throws StoreException {
            byte[] header = StorageHeader.of(size, BLOCKS, 0, 0).encode();
            Replicas replicas = new Replicas(size, List.of(Arrays.copyOf(header, size * BLOCKS)));
            try (FlatStore store = replicas.open()) {
                assertThatThrownBy(() -> store.put(new byte[0], new byte[0]))
                        .isInstanceOf(LimitExceededException.class)
                        .satisfies(e -> expectCode(e, "KeyTooLong"));
                assertThat(store.get(new byte[0])).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {36, 37, 41, 100, 1000})
        void ofAnyOtherNumberWork(int size) throws StoreException {
            Replicas replicas = Replicas.formatted(1, size, BLOCKS);
            byte[] key = new byte[Math.min(3, size - 36)];
            try (FlatStore store = replicas.open()) {
                store.put(key, bytes(100));
            }
            try (FlatStore store = replicas.open()) {
                assertThat(store.get(key)).hasValue(bytes(100));
            }
        }
    }

    /** Section 22 of the page: the checksum lies at 28, not at the end. */
    @Test
    void theOlderLayoutIsRefusedByName() throws StoreException {
        Replicas replicas = Replicas.formatted(1, BLOCK_SIZE, BLOCKS);
        byte[] image = replicas.image(0);
        Arrays.fill(image, 28, BLOCK_SIZE, (byte) 0);
        CRC32 crc = new CRC32();
        crc.update(image, 0, BLOCK_SIZE);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(28, (int) crc.getValue());
        replicas.replace(0, image);

        assertThatThrownBy(() -> replicas.open())
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("older embedkv layout");
    }
}
