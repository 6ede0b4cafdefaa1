package dev.morgana.pwkvs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes and numbers that the pw_kvs page gives in sections 4.2, 5 and 25. */
class EntryLayoutTest {
    private static final EntryFormat F1 = new EntryFormat(0xc40fd8a8, ChecksumAlgorithm.CRC16_CCITT);

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void encodesTheFirstEntryOfTheFormatPage() {
        byte[] value = HexFormat.of().parseHex("d5c1c9008feb89a17bd12ec17fb3fc8025a5efa7f4a0fca13058e861c3060e9e");
        byte[] entry = EntryImage.encode(F1, 16, text("net-0"), value, 1);
        assertThat(HexFormat.of().formatHex(entry))
                .isEqualTo("a8d80fc4052a00000005200001000000" + "6e65742d30d5c1c9008feb89a17bd12e"
                        + "c17fb3fc8025a5efa7f4a0fca13058e8" + "61c3060e9e0000000000000000000000");
    }

    @Test
    void encodesTheTombstoneOfTheFormatPage() {
        byte[] entry = EntryImage.encode(F1, 16, text("item/00"), null, 15);
        assertThat(HexFormat.of().formatHex(entry))
                .isEqualTo("a8d80fc4e85100000007ffff0f000000" + "6974656d2f3030000000000000000000");
        assertThat(EntryHeader.decode(entry, 0).isTombstone()).isTrue();
    }

    @Test
    void hashesKeysAsThePageSays() {
        assertThat(KeyHash.of(text("key000"))).isEqualTo(0x3c90a6b1);
        assertThat(KeyHash.of(new byte[] {(byte) 0xc3, (byte) 0xa9})).isEqualTo(0xd4ebac26);
        assertThat(KeyHash.of(text("1clq1akt"))).isEqualTo(KeyHash.of(text("r6fx25i88")));
    }

    @Test
    void computesTheCheckValueOfTheCrc() {
        Crc16 crc = new Crc16();
        crc.update(text("123456789"), 0, 9);
        assertThat(crc.value()).isEqualTo(0x29b1);
    }

    @Test
    void acceptsWhatItComputedAndNothingElse() {
        for (ChecksumAlgorithm algorithm :
                new ChecksumAlgorithm[] {ChecksumAlgorithm.CRC16_CCITT, ChecksumAlgorithm.CRC32}) {
            byte[] entry = EntryImage.encode(new EntryFormat(1, algorithm), 64, text("k"), text("v"), 7);
            int stored = EntryHeader.decode(entry, 0).checksum();
            assertThat(entry).hasSize(64);
            assertThat(algorithm.accepts(stored, entry, 0, entry.length)).isTrue();
            entry[63] = 1; // padding is covered
            assertThat(algorithm.accepts(stored, entry, 0, entry.length)).isFalse();
        }
    }
}
