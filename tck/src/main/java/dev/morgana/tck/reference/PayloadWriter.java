package dev.morgana.tck.reference;

import java.io.ByteArrayOutputStream;

/** Payload fields in the making, little-endian. */
final class PayloadWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PayloadWriter u8(int value) {
        assert value >= 0 && value <= 0xff;
        out.write(value);
        return this;
    }

    PayloadWriter u16(int value) {
        assert value >= 0 && value <= 0xffff;
        return number(value, Short.BYTES);
    }

    PayloadWriter u32(long value) {
        assert value >= 0 && value <= 0xffff_ffffL;
        return number(value, Integer.BYTES);
    }

    PayloadWriter i64(long value) {
        return number(value, Long.BYTES);
    }

    /** Bytes behind their length in one byte. */
    PayloadWriter bytes8(byte[] bytes) {
        u8(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Bytes behind their length in two bytes. */
    PayloadWriter bytes16(byte[] bytes) {
        u16(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    private PayloadWriter number(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (i * Byte.SIZE)));
        }
        return this;
    }
}
