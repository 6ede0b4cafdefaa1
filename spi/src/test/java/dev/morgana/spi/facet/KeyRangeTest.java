package dev.morgana.spi.facet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRangeTest {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void boundsAreUnsigned() {
        KeyRange range = new KeyRange(bytes(0x7f), false, bytes(0x80), true);
        assertThat(range.contains(bytes(0x7f))).isFalse();
        assertThat(range.contains(bytes(0x7f, 0))).isTrue();
        assertThat(range.contains(bytes(0x80))).isTrue();
        assertThat(range.contains(bytes(0x80, 0))).isFalse();
    }

    @Test
    void prefixEndsBeforeItsSuccessor() {
        KeyRange range = KeyRange.prefix(bytes('a', 0xff));
        assertThat(range.contains(bytes('a', 0xff))).isTrue();
        assertThat(range.contains(bytes('a', 0xff, 0xff, 0xff))).isTrue();
        assertThat(range.contains(bytes('b'))).isFalse();
        assertThat(range.contains(bytes('a', 0xfe))).isFalse();
    }

    @Test
    void prefixOfOnesHasNoUpperBound() {
        assertThat(KeyRange.prefix(bytes(0xff)).contains(bytes(0xff, 0xff, 0xff)))
                .isTrue();
        assertThat(KeyRange.prefix(bytes(0xff)).contains(bytes(0xfe))).isFalse();
    }

    @Test
    void everythingHoldsTheEmptyKey() {
        assertThat(KeyRange.all().contains(bytes())).isTrue();
        assertThat(KeyRange.prefix(bytes()).contains(bytes())).isTrue();
    }
}
