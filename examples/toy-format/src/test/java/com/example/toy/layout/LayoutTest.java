package com.example.toy.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;

/** The bytes, spelt out: of a real format they would come from an image that its reference implementation made. */
class LayoutTest {
    private static final String RECORDS = "01" + "02000000" + "61" + "0102";
    private static final String HEADER = "544f5931" + "00100000" + "08000000" + "0300000000000000" + "08000000";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void recordsAreAsThePictureSays() {
        NavigableMap<byte[], byte[]> records = Records.none();
        records.put("a".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2});
        assertThat(Records.encode(records)).isEqualTo(hex(RECORDS));
        assertThat(Records.decode(hex(RECORDS)).orElseThrow().firstEntry().getValue())
                .containsExactly(1, 2);
    }

    @Test
    void aHeaderIsAsThePictureSays() {
        byte[] encoded = Header.of(4096, 8, 3, hex(RECORDS)).encode();
        assertThat(HexFormat.of().formatHex(encoded)).startsWith(HEADER).hasSize(2 * Header.BYTES);
        Header header = Header.decode(encoded).orElseThrow();
        assertThat(header.generation()).isEqualTo(3);
        assertThat(header.covers(hex(RECORDS))).isTrue();
        assertThat(header.covers(hex(RECORDS.replace("61", "62")))).isFalse();
    }

    @Test
    void whatIsNoRecordIsRefused() {
        for (int length = 1; length < RECORDS.length() / 2; length++) {
            assertThat(Records.decode(hex(RECORDS.substring(0, 2 * length)))).isEmpty();
        }
        assertThat(Records.decode(hex(RECORDS + RECORDS)))
                .as("keys must ascend")
                .isEmpty();
        assertThat(Records.decode(hex("00" + "ffffff7f")))
                .as("a length beyond the end")
                .isEmpty();
    }
}
