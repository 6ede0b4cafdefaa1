package dev.morgana.crypt.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
    @Test
    void sizesAroundTheBorders() {
        assertThat(Segments.sealedSize(0)).isEqualTo(29 + 16);
        assertThat(Segments.sealedSize(1)).isEqualTo(29 + 17);
        assertThat(Segments.sealedSize(4096)).isEqualTo(29 + 4112);
        assertThat(Segments.sealedSize(4097)).isEqualTo(29 + 4112 + 17);
        assertThat(Segments.sealedSize(2 * 4096)).isEqualTo(29 + 2 * 4112);
        assertThat(Segments.sealedSize(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sizeIsTheInverse() {
        for (long size = 0; size < 20_000; size++) {
            assertThat(Segments.size(Segments.sealedSize(size))).hasValue(size);
        }
    }

    @Test
    void noValueHasASizeBetween() {
        assertThat(Segments.size(0)).isEmpty();
        assertThat(Segments.size(29 + 15)).isEmpty();
        for (int tail = 1; tail <= 16; tail++) {
            assertThat(Segments.size(29 + 4112 + tail))
                    .as("a last segment of %s bytes with its tag", tail)
                    .isEmpty();
        }
        assertThat(Segments.size(29 + 4112 + 17)).hasValue(4097);
    }

    @Test
    void largestValueFits() {
        for (long sealed = 45; sealed < 13_000; sealed++) {
            long largest = Segments.largestWithin(sealed);
            assertThat(Segments.sealedSize(largest)).isLessThanOrEqualTo(sealed);
            assertThat(Segments.sealedSize(largest + 1)).isGreaterThan(sealed);
        }
        assertThat(Segments.largestWithin(10)).isZero();
    }
}
