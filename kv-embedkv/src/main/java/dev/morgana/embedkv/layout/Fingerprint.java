package dev.morgana.embedkv.layout;

import java.util.zip.CRC32;

/** Condenses the parts of a value, in their order, to one number. */
public final class Fingerprint {
    private static final int FACTOR = 0x01000193;

    private int state;

    /** The number of one part. */
    public static int ofPart(byte[] block, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(block, offset, length);
        return (int) crc.getValue();
    }

    public void add(int part, int length) {
        state = (state * FACTOR + length) * FACTOR + part;
    }

    public int value() {
        return state;
    }
}
