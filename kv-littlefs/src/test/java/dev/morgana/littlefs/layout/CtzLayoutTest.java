package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtzLayoutTest {
    @Nested
    class InLittlefs {
        /** Section 12.2, blocks of 512 bytes. */
        @ParameterizedTest
        @CsvSource({
            "0, 0, 0",
            "511, 0, 511",
            "512, 1, 4",
            "1019, 1, 511",
            "1020, 2, 8",
            "1523, 2, 511",
            "1524, 3, 4",
            "129999, 257, 463"
        })
        void placesTheExamples(long position, long index, int offset) {
            CtzLayout layout = Dialect.LITTLEFS.ctzLayout(512);

            assertThat(layout.indexOf(position)).isEqualTo(index);
            assertThat(layout.offsetOf(position)).isEqualTo(offset);
        }

        @Test
        void countsTheBlocksOfAFile() {
            CtzLayout layout = Dialect.LITTLEFS.ctzLayout(512);

            assertThat(layout.blocks(0)).isZero();
            assertThat(layout.blocks(512)).isEqualTo(1);
            assertThat(layout.blocks(513)).isEqualTo(2);
            assertThat(layout.blocks(130000)).isEqualTo(258);
        }

        /** Against a model that just adds up block after block, also where blocks are no power of two. */
        @ParameterizedTest
        @ValueSource(ints = {128, 512, 528, 768, 1000, 4096})
        void agreesWithCounting(int blockSize) {
            assertAgreesWithCounting(Dialect.LITTLEFS.ctzLayout(blockSize), 3000);
        }

        @Test
        void reachesEveryBlockFromEveryOtherInFewSteps() {
            CtzLayout layout = Dialect.LITTLEFS.ctzLayout(512);
            for (long from = 1; from < 600; from++) {
                for (long target = 0; target < from; target++) {
                    assertThat(stepsTo(layout, from, target)).isLessThanOrEqualTo(2 * 10);
                }
            }
        }

        private int stepsTo(CtzLayout layout, long from, long target) {
            int steps = 0;
            for (long at = from; at != target; steps++) {
                int pointer = layout.pointerTowards(at, target);
                assertThat(pointer).isBetween(0, layout.pointers(at) - 1);
                at -= layout.distance(pointer);
                assertThat(at).isGreaterThanOrEqualTo(target);
            }
            return steps;
        }
    }

    @Nested
    class InChamelon {
        /** Semantics page, 2.7, row "Entry, file": the last index of files with blocks of 512 bytes. */
        @ParameterizedTest
        @CsvSource({"1, 0", "512, 0", "768, 1", "1020, 1", "1021, 2"})
        void placesTheExamples(long size, long lastIndex) {
            assertThat(Dialect.CHAMELON.ctzLayout(512).blocks(size) - 1).isEqualTo(lastIndex);
        }

        /** D3: none in the first block, log2 of the index at powers of two, else one. */
        @ParameterizedTest
        @CsvSource({"0, 0", "1, 1", "2, 1", "3, 1", "4, 2", "5, 1", "6, 1", "8, 3", "12, 1", "16, 4", "1024, 10"})
        void hasPointersByPowersOfTwo(long index, int pointers) {
            assertThat(Dialect.CHAMELON.ctzLayout(512).pointers(index)).isEqualTo(pointers);
        }

        @ParameterizedTest
        @ValueSource(ints = {128, 512, 1000, 4096})
        void agreesWithCounting(int blockSize) {
            assertAgreesWithCounting(Dialect.CHAMELON.ctzLayout(blockSize), 3000);
        }
    }

    /** Files of up to 2^31 - 1 bytes in the smallest blocks stay within the arithmetic. */
    @ParameterizedTest
    @ValueSource(strings = {"LITTLEFS", "CHAMELON"})
    void holdsTheLargestFile(Dialect dialect) {
        CtzLayout layout = dialect.ctzLayout(128);
        long last = layout.indexOf(Integer.MAX_VALUE - 1L);

        assertThat(layout.startOf(last)).isLessThanOrEqualTo(Integer.MAX_VALUE - 1L);
        assertThat(layout.startOf(last + 1)).isGreaterThan(Integer.MAX_VALUE - 1L);
    }

    private static void assertAgreesWithCounting(CtzLayout layout, int blocks) {
        long start = 0;
        long pointers = 0;
        for (long index = 0; index < blocks; index++) {
            long end = start + layout.blockSize() - 4L * layout.pointers(index);
            assertThat(layout.pointersBefore(index))
                    .as("pointers before %d", index)
                    .isEqualTo(pointers);
            assertThat(layout.startOf(index)).isEqualTo(start);
            for (long position : new long[] {start, (start + end) / 2, end - 1}) {
                assertThat(layout.indexOf(position)).as("index of %d", position).isEqualTo(index);
                assertThat(layout.offsetOf(position)).isEqualTo((int) (position - start) + 4 * layout.pointers(index));
            }
            assertThat(layout.blocks(end)).isEqualTo(index + 1);
            pointers += layout.pointers(index);
            start = end;
        }
    }
}
