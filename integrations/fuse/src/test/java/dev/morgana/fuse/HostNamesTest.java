package dev.morgana.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostNamesTest {
    @Test
    void whatIsTextIsShownAsItIs() {
        for (String name : new String[] {"a", "Grüße 世界", "back\\slash", "\\x41", "line\nbreak"}) {
            assertThat(HostNames.shown(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
        }
    }

    @Test
    void whatIsNotTextIsShownEscapedAndFoundAgain() {
        byte[] name = {'x', (byte) 0xff, 'y', (byte) 0x80};
        assertThat(HostNames.shown(name)).isEqualTo("x\\xffy\\x80");
        assertThat(HostNames.unescaped("/ä/x\\xffy\\x80"))
                .isEqualTo(Key.ROOT.child("ä").child(name));
        assertThat(HostNames.maybeEscaped("/x\\xff")).isTrue();
        assertThat(HostNames.maybeEscaped("/x")).isFalse();
        assertThat(HostNames.isLost("/x\ufffd")).isTrue();
    }
}
