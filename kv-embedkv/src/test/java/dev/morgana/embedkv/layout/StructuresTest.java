package dev.morgana.embedkv.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that the embedkv page gives in section 24, and what it says of bytes that are wrong. */
class StructuresTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static <T> T right(Decoded<T> decoded) {
        return decoded.asOptional().orElseThrow();
    }

    private static Defect defect(Decoded<?> decoded) {
        return ((Decoded.Wrong<?>) decoded).defect();
    }

    /** A change under a right checksum. */
    private static byte[] with(byte[] block, int offset, int value) {
        byte[] changed = block.clone();
        changed[offset] = (byte) value;
        BlockChecksum.seal(changed);
        return changed;
    }

    /** Image {@code geometry-36x20}. */
    @Nested
    class Header {
        private final byte[] block = hex("01 45 4b 56 01 00 00 00 24 00 00 00 14 00 00 00"
                + "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ae ff 92 31");

        @Test
        void isEncodedAsThePeerDoes() {
            assertThat(StorageHeader.of(36, 20, 0, 0).encode()).isEqualTo(block);
        }

        @Test
        void isDecoded() {
            assertThat(right(StorageHeader.decode(block))).isEqualTo(StorageHeader.of(36, 20, 0, 0));
        }

        /** Images {@code damage-header-major-2}, {@code -minor-9} and {@code -flags} open. */
        @ParameterizedTest
        @CsvSource({"4, 2", "6, 9", "24, 1", "30, 7"})
        void isAcceptedWhateverTheVersionTheFlagsAndThePaddingSay(int offset, int value) {
            assertThat(StorageHeader.decode(with(block, offset, value)).asOptional())
                    .isPresent();
        }

        @Test
        void isRefusedInTheOrderTypeChecksumMagic() {
            byte[] bad = block.clone();
            bad[1] = 'X';
            assertThat(defect(StorageHeader.decode(bad)).kind()).isEqualTo(Defect.Kind.CHECKSUM);
            assertThat(defect(StorageHeader.decode(with(block, 1, 'X'))).offset())
                    .isEqualTo(1);
            bad[0] = 2;
            assertThat(defect(StorageHeader.decode(bad)).kind()).isEqualTo(Defect.Kind.TYPE);
        }
    }

    /** Images {@code geometry-36x20} and {@code large-500}. */
    @Nested
    class Descriptor {
        private final byte[] small = hex("02 20 00 00 05 00 00 00 04 00 00 00 00 00 00 00"
                + "02 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00 33 2d 3b cf");

        @Test
        void ofTheSmallestBlockIsEncodedAsThePeerDoes() {
            byte[] block = new byte[36];
            new RecordDescriptor(new byte[0], 5, 4, 0, 2, 2, 0).encode(block, ByteBuffer.allocate(0));
            assertThat(block).isEqualTo(small);
        }

        @Test
        void ofALongValueIsEncodedAsThePeerDoes() {
            byte[] block = new byte[256];
            byte[] part = new byte[214];
            for (int i = 0; i < part.length; i++) {
                part[i] = (byte) i;
            }
            new RecordDescriptor("bigkey".getBytes(US_ASCII), 1, 500, 214, 3, 2, 0)
                    .encode(block, ByteBuffer.wrap(part));

            assertThat(Arrays.copyOf(block, 48))
                    .isEqualTo(hex("02 20 06 00 01 00 00 00 f4 01 00 00 d6 00 00 00"
                            + "03 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00"
                            + "62 69 67 6b 65 79 00 01 02 03 04 05 06 07 08 09"));
            assertThat(Arrays.copyOfRange(block, 240, 256))
                    .isEqualTo(hex("ca cb cc cd ce cf d0 d1 d2 d3 d4 d5 c2 3e 13 a1"));
        }

        @Test
        void isDecoded() {
            RecordDescriptor found = right(RecordDescriptor.decode(small));
            assertThat(found.key()).isEmpty();
            assertThat(found.generation()).isEqualTo(5);
            assertThat(found.totalSize()).isEqualTo(4);
            assertThat(found.firstPart()).isZero();
            assertThat(found.blockCount()).isEqualTo(2);
            assertThat(found.next()).isEqualTo(2);
        }

        @Test
        void keepsTheWholeRangeOfUnsignedNumbers() {
            byte[] block = small.clone();
            Arrays.fill(block, 4, 8, (byte) 0xff);
            Arrays.fill(block, 28, 32, (byte) 0xff);
            BlockChecksum.seal(block);
            RecordDescriptor found = right(RecordDescriptor.decode(block));
            assertThat(found.generation()).isEqualTo(0xffffffffL);
            assertThat(found.userFlags()).isEqualTo(0xffffffffL);
        }

        /** Conditions 3 to 8 of section 9. */
        @ParameterizedTest
        @CsvSource({"1, 31", "2, 1", "12, 1", "16, 0", "16, 1"})
        void isRefusedIfItsFieldsDisagree(int offset, int value) {
            assertThat(defect(RecordDescriptor.decode(with(small, offset, value)))
                            .kind())
                    .isEqualTo(Defect.Kind.FIELD);
        }

        /** Flags are reserved and not looked at. */
        @Test
        void isAcceptedWithAnyFlags() {
            assertThat(RecordDescriptor.decode(with(small, 24, 0x55)).asOptional())
                    .isPresent();
        }
    }

    /** Image {@code geometry-36x20}. */
    @Nested
    class Chunk {
        private final byte[] block = hex("03 14 00 00 01 00 00 00 01 00 00 00 04 00 00 00"
                + "ff ff ff ff 6b 17 18 1c 00 00 00 00 00 00 00 00 4c d7 da 67");

        @Test
        void isEncodedAsThePeerDoes() {
            byte[] encoded = new byte[36];
            new ValueChunk(1, 1, 4, ValueChunk.NONE).encode(encoded, ByteBuffer.wrap(hex("6b 17 18 1c")));
            assertThat(encoded).isEqualTo(block);
        }

        @Test
        void isDecoded() {
            assertThat(right(ValueChunk.decode(block))).isEqualTo(new ValueChunk(1, 1, 4, ValueChunk.NONE));
        }

        @ParameterizedTest
        @CsvSource({"1, 24", "12, 13"})
        void isRefusedIfItsFieldsDisagree(int offset, int value) {
            assertThat(defect(ValueChunk.decode(with(block, offset, value))).kind())
                    .isEqualTo(Defect.Kind.FIELD);
        }

        @Test
        void belongsToOneRecordAndOnePlace() {
            ValueChunk chunk = right(ValueChunk.decode(block));
            assertThat(chunk.strangerTo(1, 1)).isNull();
            assertThat(chunk.strangerTo(2, 1)).isNotNull();
            assertThat(chunk.strangerTo(1, 2)).isNotNull();
        }
    }

    /** Section 6. */
    @Test
    void theChecksumCoversItsOwnFieldAsZeros() {
        assertThat(BlockChecksum.of(new byte[64])).isEqualTo(0x758D6336L);
    }

    /** Section 8; the sizes of {@code large-500} and {@code max-keys}. */
    @Test
    void capacitiesAreThoseOfThePage() {
        BlockSize large = new BlockSize(256);
        assertThat(large.firstCapacity(6)).isEqualTo(214);
        assertThat(large.chunkCapacity()).isEqualTo(232);
        assertThat(large.blocks(6, 214)).isEqualTo(1);
        assertThat(large.blocks(6, 215)).isEqualTo(2);
        assertThat(large.blocks(6, 500)).isEqualTo(3);
        BlockSize small = new BlockSize(64);
        assertThat(small.maxKey()).isEqualTo(28);
        assertThat(small.blocks(28, 1)).isEqualTo(2);
        assertThat(new BlockSize(70_000).maxKey()).isEqualTo(65_535);
    }

    /** Section 7. */
    @Test
    void onlyTypeAndChecksumSayWhatABlockIs() {
        byte[] block = new byte[64];
        assertThat(BlockClass.of(block)).isEqualTo(BlockClass.FREE);
        block[5] = 9;
        assertThat(BlockClass.of(block)).isEqualTo(BlockClass.FREE);
        block[0] = (byte) 0xff;
        assertThat(BlockClass.of(block)).isEqualTo(BlockClass.FREE);
        for (int type = 1; type <= 3; type++) {
            block[0] = (byte) type;
            assertThat(BlockClass.of(block)).isEqualTo(BlockClass.GARBAGE);
            BlockChecksum.seal(block);
            assertThat(BlockClass.of(block)).isEqualTo(BlockClass.USED);
        }
        block[0] = 4;
        BlockChecksum.seal(block);
        assertThat(BlockClass.of(block)).isEqualTo(BlockClass.GARBAGE);
    }
}
