package dev.morgana.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void whatIsPrintedCanBeGivenBack() {
        for (byte[] name :
                new byte[][] {{'a', 0x1b, 'b'}, {(byte) 0xff}, {'\\', 'x', '4', '1'}, {(byte) 0xc3, (byte) 0xa9}}) {
            byte[] printed = Key.escape(name).getBytes(StandardCharsets.UTF_8);
            assertThat(EscapedName.decode(printed)).isEqualTo(name);
        }
    }

    @Test
    void otherBackslashesStandForThemselves() {
        byte[] odd = "a\\xg1\\x4".getBytes(StandardCharsets.UTF_8);
        assertThat(EscapedName.decode(odd)).isEqualTo(odd);
    }

    @Test
    void anEscapedSlashIsNoSeparator() {
        byte[] slash = "a\\x2fb".getBytes(StandardCharsets.UTF_8);
        assertThat(EscapedName.decode(slash)).isEqualTo(slash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", ".profile", "é", "a b", "con1", "..."})
    void ordinaryNamesAreSafeUnlessTheyEndOddly(String name) throws Exception {
        if (name.endsWith(".")) {
            assertThat(HostName.isSafe(Key.ROOT.child(name))).isFalse();
        } else {
            assertThat(HostName.of(Key.ROOT.child(name))).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".", "..", "a\u0001", "a\\b", "C:", "a:b", "nul", "NUL.txt", "com1", "a ", "a.", "a*", "\u007f"})
    void unsafeNamesAreRefused(String name) {
        assertThatThrownBy(() -> HostName.of(Key.ROOT.child(name))).isInstanceOf(UnfitException.class);
    }

    @Test
    void namesThatAreNoTextAreRefused() {
        assertThat(HostName.isSafe(Key.ROOT.child(new byte[] {(byte) 0xff}))).isFalse();
    }
}
