package dev.morgana.littlefs.file;

import java.util.Arrays;

/**
 * An attribute that is read when its file is opened and written whenever the file is (section 12.9). The buffer is the
 * caller's.
 */
public final class OpenAttribute {
    private final int type;
    private byte[] buffer;

    /** An attribute with a buffer, which is taken over. */
    public OpenAttribute(int type, byte[] buffer) {
        this.type = type;
        this.buffer = buffer;
    }

    /** The number of the attribute. */
    public int type() {
        return type;
    }

    /** The bytes now. */
    public byte[] buffer() {
        return buffer;
    }

    /** Other bytes, of any length, for the next time that the file is written. */
    public void replace(byte[] newBuffer) {
        buffer = newBuffer;
    }

    /** Fills the buffer as it is: a shorter value is filled up with zeros, a longer one is cut. */
    public void fill(byte[] stored) {
        buffer = Arrays.copyOf(stored, buffer.length);
    }
}
