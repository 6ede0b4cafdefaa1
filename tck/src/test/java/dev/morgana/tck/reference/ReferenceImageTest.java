package dev.morgana.tck.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes on the medium, against images computed by a script of their own after the package description. */
class ReferenceImageTest {
    private static final Geometry GEOMETRY = new Geometry(1, 1, 512, 64, ErasedState.ONES);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:10.5Z");

    private static final String FRESH_TREE =
            "4d5265660154000000020000400000000000000001000000000000000500000014b8f6120044000000";
    private static final String FLAT_K_VW =
            "4d5265660146000000020000400000000000000003000000000000000600000088a6c707016b02007677";
    private static final String TREE_D_V = "4d52656601540000000200004000000000000000020000000000000026000000d925d2a6"
            + "0044000000" + "0144016401000703010203" + "0256017600000ab95569000000000065cd1d02006869";

    private static RamDevice device(String firstHalf) {
        byte[] image = new byte[(int) GEOMETRY.sizeBytes()];
        Arrays.fill(image, (byte) 0xff);
        byte[] bytes = HexFormat.of().parseHex(firstHalf);
        System.arraycopy(bytes, 0, image, 0, bytes.length);
        return RamDevice.of(GEOMETRY, image);
    }

    private static String hex(RamDevice device, long position, int length) {
        return HexFormat.of().formatHex(device.image(), (int) position, (int) position + length);
    }

    private static Store open(StoreProvider provider, RamDevice device) throws StoreException {
        InstantSource clock = () -> TIME;
        return provider.open(List.of(device), Options.none().with(CommonOptions.CLOCK, clock));
    }

    @Nested
    class AreWrittenAsDescribed {
        @Test
        void byFormatting() throws StoreException {
            RamDevice device = RamDevice.erased(GEOMETRY);

            new ReferenceProvider().format(List.of(device), Options.none());

            assertThat(hex(device, 0, FRESH_TREE.length() / 2)).isEqualTo(FRESH_TREE);
        }

        @Test
        void byAChangeOfATree() throws StoreException {
            RamDevice device = device(FRESH_TREE);
            try (KeyValueStore store = Morgana.tree(open(new ReferenceProvider(), device))) {
                store.set(Key.of("d/v"), new byte[] {'h', 'i'});
                UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
                attributes.set(Key.of("d"), 7, new byte[] {1, 2, 3});
            }
            // The third snapshot is in the first half again.
            String payload = TREE_D_V.substring(2 * SnapshotHeader.BYTES);
            assertThat(hex(device, SnapshotHeader.BYTES, payload.length() / 2)).isEqualTo(payload);
            assertThat(hex(device, GEOMETRY.sizeBytes() / 2, 8)).isEqualTo("4d52656601540000");
        }
    }

    @Nested
    class AreReadAsDescribed {
        @Test
        void asATree() throws StoreException {
            try (KeyValueStore store = Morgana.tree(open(new ReferenceProvider(), device(TREE_D_V)))) {
                assertThat(store.get(Key.of("d/v"))).containsExactly('h', 'i');
                assertThat(store.lastModified(Key.of("d/v"))).contains(TIME);
                assertThat(store.facet(UserAttributes.class).orElseThrow().get(Key.of("d"), 7))
                        .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2, 3));
            }
        }

        @Test
        void asAFlatStore() throws StoreException {
            try (KeyValueStore store = Morgana.tree(open(new ReferenceFlatProvider(), device(FLAT_K_VW)))) {
                assertThat(store.get(Key.of("k"))).containsExactly('v', 'w');
            }
        }

        @Test
        void notAsTheOther() {
            assertThatThrownBy(() -> open(new ReferenceFlatProvider(), device(TREE_D_V)))
                    .isInstanceOf(CorruptStoreException.class);
            assertThatThrownBy(() -> open(new ReferenceProvider(), device(FLAT_K_VW)))
                    .isInstanceOf(CorruptStoreException.class);
        }

        @Test
        void underTheGeometryThatTheHeaderTells() throws StoreException {
            RamDevice device = RamDevice.of(
                    new Geometry(1, 1, 4096, 8, ErasedState.ONES),
                    device(TREE_D_V).image());

            try (Store store = open(new ReferenceProvider(), device)) {
                assertThat(store.info().geometry()).isEqualTo(GEOMETRY);
            }
        }
    }

    @Nested
    @Campaign
    class WithARightChecksumOverNonsense {
        private static String snapshot(char shape, byte[] payload) {
            ByteBuffer bytes = ByteBuffer.allocate(36 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(new byte[] {'M', 'R', 'e', 'f', 1, (byte) shape, 0, 0});
            bytes.putInt(512).putLong(64).putLong(1).putInt(payload.length);
            CRC32 crc = new CRC32();
            crc.update(bytes.array(), 0, 32);
            crc.update(payload);
            bytes.putInt((int) crc.getValue()).put(payload);
            return HexFormat.of().formatHex(bytes.array());
        }

        @ParameterizedTest
        @CsvSource({
            "no node,               ''",
            "root is a value,       0056000000 0000000000000000 00000000 0000",
            "root is named,         00440161 0000",
            "root is deep,          0144000000",
            "two roots,             0044000000 0044000000",
            "unknown kind,          0058000000",
            "no parent,             0044000000 0244016100 00",
            "parent is a value,     0044000000 0156016100000000000000000000000000000000 0244016200 00",
            "empty name,            0044000000 0144000000",
            "name with slash,       0044000000 0144012f00 00",
            "descending names,      0044000000 0144016200 00 0144016100 00",
            "twice the same name,   0044000000 0144016100 00 0144016100 00",
            "name beyond the end,   0044000000 0144ff61",
            "value beyond the end,  0044000000 01560161000000000000000000000000000000 ffff61",
            "attribute beyond,      00440001 0007ff",
            "no such time,          0044000000 0156016100 00 ffffffffffffff7f 00000000 0000",
        })
        void treesAreRefusedWithTheirPlace(String name, String payload) {
            byte[] bytes = HexFormat.of().parseHex(payload.replace(" ", ""));

            assertThatThrownBy(() -> open(new ReferenceProvider(), device(snapshot('T', bytes))))
                    .as(name)
                    .isInstanceOfSatisfying(
                            CorruptStoreException.class,
                            e -> assertThat(e.position().block()).isZero());
        }

        @ParameterizedTest
        @CsvSource({
            "key beyond the end,   ff61",
            "value beyond the end, 0161ffff61",
            "descending keys,      0162000001610000",
            "twice the same key,   0161000001610000",
        })
        void flatStoresAreRefusedWithTheirPlace(String name, String payload) {
            byte[] bytes = HexFormat.of().parseHex(payload);

            assertThatThrownBy(() -> open(new ReferenceFlatProvider(), device(snapshot('F', bytes))))
                    .as(name)
                    .isInstanceOf(CorruptStoreException.class);
        }

        @Test
        void anyPayloadIsAStoreOrRefused() {
            Random random = new Random(17);
            for (int i = 0; i < 20_000; i++) {
                byte[] tree = HexFormat.of().parseHex(TREE_D_V.substring(72));
                byte[] payload = i % 2 == 0 ? new byte[random.nextInt(40)] : tree;
                if (i % 2 == 0) {
                    random.nextBytes(payload);
                } else {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                expectStoreOrRefusal(new ReferenceProvider(), snapshot('T', payload));
                expectStoreOrRefusal(new ReferenceFlatProvider(), snapshot('F', payload));
            }
        }

        private void expectStoreOrRefusal(StoreProvider provider, String snapshot) {
            try (KeyValueStore store = Morgana.tree(open(provider, device(snapshot)))) {
                store.totalSize(Key.ROOT);
            } catch (StoreException e) {
                assertThat(e).isInstanceOf(CorruptStoreException.class);
            }
        }

        @Test
        void aLengthBeyondTheHalfIsRefused() {
            String hostile = FRESH_TREE.replace("0500000014b8f612", "ffffff7f14b8f612");

            assertThatThrownBy(() -> open(new ReferenceProvider(), device(hostile)))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("payload of at most");
        }
    }
}
