package dev.morgana.lsm.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata and keys of files, after the examples of the ekv-fs page. */
class FileMetadataTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0000",
        "1, 1, 0101",
        "18, 1, 1201",
        "127, 1, 7f01",
        "128, 1, 800101",
        "160, 10, a0010a",
        "511, 1, ff0301",
        "512, 1, 800401",
        "5120, 10, 80280a",
        "11781, 24, 855c18",
        "4294967295, 1, ffffffff0f01"
    })
    void isTwoNumbersInGroupsOfSevenBits(long size, long chunks, String hex) {
        FileMetadata metadata = new FileMetadata(size, chunks);
        assertThat(metadata.encode()).isEqualTo(bytes(hex));
        assertThat(FileMetadata.decode(bytes(hex))).contains(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8580008100", "0501090909"})
    void longFormsAndTrailingBytesAreAccepted(String hex) {
        assertThat(FileMetadata.decode(bytes(hex))).contains(new FileMetadata(5, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05",
                "80",
                "0580",
                "8080808080808080808001",
                "ffffffffffffffffff0201",
                "05ffffffffffffffffffff"
            })
    void whatIsNoTwoNumbersIsRefused(String hex) {
        assertThat(FileMetadata.decode(bytes(hex))).isEmpty();
    }

    @Test
    void sixtyFourBitsAreTheMost() {
        assertThat(FileMetadata.decode(bytes("ffffffffffffffffff0101"))).contains(new FileMetadata(-1, 1));
    }

    @Test
    void thirtyTwoBytesAreTheMost() {
        byte[] value = Arrays.copyOf(bytes("0501"), FileMetadata.MOST_BYTES);
        assertThat(FileMetadata.decode(value)).contains(new FileMetadata(5, 1));
        assertThat(FileMetadata.decode(Arrays.copyOf(value, value.length + 1))).isEmpty();
    }

    @Nested
    class Keys {
        private static byte[] ascii(String text) {
            return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }

        @ParameterizedTest
        @CsvSource({"a, m:a, c:a:0", "a:0, m:a:0, c:a:0:0", "c:a:0, m:c:a:0, c:c:a:0:0", "'', m:, c::0"})
        void theNumberIsBehindTheLastColon(String path, String metadata, String chunk) {
            FilePath file = FilePath.of(path);
            assertThat(file.metadataKey()).isEqualTo(ascii(metadata));
            assertThat(file.chunkKey(0)).isEqualTo(ascii(chunk));
            assertThat(FilePath.ofMetadata(ascii(metadata))).contains(file);
            assertThat(FilePath.ofChunk(ascii(chunk))).contains(new FilePath.Chunk(file, 0));
        }

        @ParameterizedTest
        @ValueSource(strings = {"c:", "c:0", "c:a", "c:a:", "c:a:00", "c:a:01", "c:a:x", "c:a:-1", "m:a:0", "x", ""})
        void otherKeysAreNoChunks(String key) {
            assertThat(FilePath.ofChunk(ascii(key))).isEmpty();
        }

        @Test
        void aNumberThatNoFileHasIsTheLargestOne() {
            assertThat(FilePath.ofChunk(ascii("c:a:99999999999999999999"))
                            .orElseThrow()
                            .number())
                    .isEqualTo(Long.MAX_VALUE);
        }
    }
}
