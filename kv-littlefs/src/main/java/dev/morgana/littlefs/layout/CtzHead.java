package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file in blocks of its own (section 12.2): everything that its directory knows of it.
 *
 * @param head its last block, unsigned 32 bits
 * @param size in bytes, unsigned 32 bits
 */
public record CtzHead(long head, long size) {
    /** The bytes on the medium. */
    public static final int BYTES = 8;

    /** Decodes eight bytes. */
    public static CtzHead decode(byte[] bytes) {
        assert bytes.length == BYTES;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new CtzHead(Integer.toUnsignedLong(buffer.getInt()), Integer.toUnsignedLong(buffer.getInt()));
    }

    /** The bytes on the medium. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) head)
                .putInt((int) size)
                .array();
    }
}
