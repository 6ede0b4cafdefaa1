package dev.morgana.littlefs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LogCrcTest {
    /** Sections 4.8 and 14.6: forward CRCs over sixteen erased bytes. */
    @Test
    void isNotInvertedAtTheEnd() {
        assertThat(Integer.toHexString(crcOf("ff".repeat(16)))).isEqualTo("c04c39e5");
        assertThat(Integer.toHexString(crcOf("00".repeat(16)))).isEqualTo("1344b4aa");
    }

    @Test
    void ofNothingIsAllOnes() {
        assertThat(new LogCrc().value()).isEqualTo(0xffffffff);
    }

    @Test
    void goesOnFromWhereItStands() {
        LogCrc crc = new LogCrc();
        crc.update(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
        assertThat(crc.value()).isNotEqualTo(0xc04c39e5);
        crc.update(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
        assertThat(crc.value()).isEqualTo(0xc04c39e5);
        crc.reset();
        assertThat(crc.value()).isEqualTo(0xffffffff);
    }

    private static int crcOf(String hex) {
        LogCrc crc = new LogCrc();
        crc.update(ArrayBlock.bytes(hex));
        return crc.value();
    }
}
