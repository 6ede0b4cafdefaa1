package dev.morgana.spi.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract tests of the TCK say of keys is not repeated here. */
class KeyTest {
    @Test
    void ancestorsByDepth() {
        Key key = Key.of("a/b/c");
        assertThat(key.ancestor(0)).isEqualTo(Key.ROOT);
        assertThat(key.ancestor(2)).isEqualTo(Key.of("a/b"));
        assertThat(key.ancestor(3)).isSameAs(key);
        assertThatThrownBy(() -> key.ancestor(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/.", "../a", "a/../b"})
    void reservedSegmentsAreFound(String path) {
        assertThat(Key.of(path).reservedSegment()).isIn(".", "..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "...", ".a", "..a", "a."})
    void otherDotsAreOrdinary(String path) {
        assertThat(Key.of(path).reservedSegment()).isNull();
    }

    @Test
    void printsWhatCouldForgeATerminalAsHexadecimal() {
        assertThat(Key.of("a\u001b[31m")).hasToString("/a\\x1b[31m");
        assertThat(Key.of("a\nb")).hasToString("/a\\x0ab");
        assertThat(Key.of("back\\slash")).hasToString("/back\\x5cslash");
        assertThat(Key.of("x\u202ey")).hasToString("/x\\xe2\\x80\\xaey");
        assertThat(Key.ofBytes(new byte[] {'o', (byte) 0xff, 'k'})).hasToString("/o\\xffk");
        assertThat(Key.of("é日")).hasToString("/é日");
    }

    @Test
    void unpairedSurrogatesAreRefused() {
        assertThatThrownBy(() -> Key.of("\ud800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arraysAreCopied() {
        byte[] name = {'a'};
        Key key = Key.ROOT.child(name);
        name[0] = 'b';
        key.nameBytes()[0] = 'c';
        key.segment(0)[0] = 'd';
        assertThat(key).isEqualTo(Key.of("a"));
    }
}
