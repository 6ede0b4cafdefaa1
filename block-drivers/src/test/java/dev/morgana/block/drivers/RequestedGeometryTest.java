package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Options;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestedGeometryTest {
    private static RequestedGeometry request(String... namesAndValues) {
        return RequestedGeometry.of(Bytes.options(namesAndValues));
    }

    @Nested
    final class WithoutOptions {
        @ParameterizedTest
        @CsvSource({"65536,4096,16", "4096,4096,1", "12288,4096,3", "1000,8,125", "2048,2048,1", "6144,2048,3", "1,1,1"
        })
        void blocksCoverTheWholeMedium(long size, int blockSize, long blockCount) throws Exception {
            assertThat(request().over(size)).isEqualTo(new Geometry(1, 1, blockSize, blockCount, ErasedState.ONES));
        }

        @Test
        void thereIsNoSize() throws Exception {
            assertThat(request().size()).isEmpty();
        }
    }

    @Nested
    final class WithOptions {
        @Test
        void anySpellingGivesTheGeometry() throws Exception {
            Geometry expected = new Geometry(16, 32, 512, 128, ErasedState.ZEROS);
            assertThat(request(
                                    "block_size",
                                    "512",
                                    "read-size",
                                    "16",
                                    "progSize",
                                    "32",
                                    "size",
                                    "64K",
                                    "erased",
                                    "zeros")
                            .over(1))
                    .isEqualTo(expected);
        }

        @Test
        void theSizeIsThatOfAllBlocks() throws Exception {
            assertThat(request("blockSize", "1KiB", "blockCount", "3").size()).contains(3072L);
            assertThat(request("blockSize", "1KiB", "blockCount", "3").over(1).sizeBytes())
                    .isEqualTo(3072);
        }

        @Test
        void theBlockSizeIsItsShareOfTheSize() throws Exception {
            assertThat(request("blockCount", "3").over(300).blockSize()).isEqualTo(100);
            assertThat(request("blockCount", "3", "size", "30").over(300).blockSize())
                    .isEqualTo(10);
        }

        @Test
        void aGeometryAsksForItself() throws Exception {
            Geometry geometry = new Geometry(2, 4, 100, 7, ErasedState.UNDEFINED);
            assertThat(RequestedGeometry.of(GeometryOptions.of(geometry)).over(1))
                    .isEqualTo(geometry);
        }

        @Test
        void objectsOfAProgramCountToo() throws Exception {
            Options options = Options.of(Map.of("size", 8192L, "erased", ErasedState.UNDEFINED));
            assertThat(RequestedGeometry.of(options).over(1).erased()).isEqualTo(ErasedState.UNDEFINED);
        }
    }

    @Nested
    final class WithContradictions {
        private void assertRefused(RequestedGeometry request, long size, String... message) {
            assertThatThrownBy(() -> request.over(size))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContainingAll(message);
        }

        @Test
        void aBlockSizeMustDivideTheSize() {
            assertRefused(request("blockSize", "4096"), 10000, "blockSize", "4096", "10000", "16 would");
        }

        @Test
        void allThreeMustAgree() {
            assertRefused(
                    request("blockSize", "512", "blockCount", "9", "size", "4096"),
                    1,
                    "blockCount",
                    "9",
                    "512",
                    "8 would");
        }

        @Test
        void theCountMustDivideTheSize() {
            assertRefused(request("blockCount", "7"), 1000, "blockCount", "7", "1000");
        }

        @Test
        void aShareMustNotBeTooLarge() {
            assertRefused(request("blockCount", "1"), 1L << 40, "blockCount", "2 GiB");
        }

        @Test
        void theProductMustNotOverflow() {
            assertRefused(request("blockCount", "0x4000000000000000", "blockSize", "4096"), 1, "blockCount", "2^63");
        }

        @Test
        void unitsMustDivideTheBlock() {
            assertRefused(request("readSize", "16"), 1000, "readSize", "16", "8");
            assertRefused(request("progSize", "8192"), 8192, "progSize", "8192", "4096");
        }

        @ParameterizedTest
        @CsvSource({"size,0", "blockSize,0", "blockSize,2G", "blockCount,0", "readSize,0", "progSize,-1", "erased,twos"
        })
        void nonsenseIsRefused(String name, String value) {
            assertRefused(request(name, value), 4096, name, value);
        }
    }
}
