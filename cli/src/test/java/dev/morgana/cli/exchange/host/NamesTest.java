package dev.morgana.cli.exchange.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.cli.exchange.EscapedName;
import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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
            assertThat(HostName.of(Key.ROOT.child(name))).hasToString(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".", "..", "a\u0001", "a\\b", "C:", "a:b", "nul", "NUL.txt", "com1", "a ", "a.", "a*", "\u007f"})
    void unsafeNamesAreRefused(String name) {
        assertThatThrownBy(() -> HostName.of(Key.ROOT.child(name))).isInstanceOf(TransferException.class);
    }

    /** Every byte that a file name may hold, alone and in company. */
    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void aNameOfAnyBytesIsAFileNameAndBack(@TempDir Path folder) throws Exception {
        for (int b = 1; b <= 0xff; b++) {
            byte[] name = {'n', (byte) b, '.', 'x'};
            if (b != '/') {
                assertThat(NativeName.of(NativeName.path(name))).isEqualTo(name);
                Path file = Files.createDirectory(folder.resolve(NativeName.path(name)));
                assertThat(NativeName.of(file)).isEqualTo(name);
            }
        }
        assertThatThrownBy(() -> NativeName.path(new byte[] {'a', 0})).isInstanceOf(TransferException.class);
        assertThatThrownBy(() -> NativeName.path(new byte[] {'a', '/', 'b'})).isInstanceOf(TransferException.class);
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void bytesThatAreNoTextAreSafeUnlessTheRestIsNot() {
        assertThat(HostName.isSafe(Key.ROOT.child(new byte[] {(byte) 0xff}))).isTrue();
        assertThat(HostName.isSafe(Key.ROOT.child(new byte[] {(byte) 0xff, ':'})))
                .isFalse();
        assertThat(HostName.isSafe(Key.ROOT.child(new byte[] {(byte) 0xff, 0x1b})))
                .isFalse();
    }
}
