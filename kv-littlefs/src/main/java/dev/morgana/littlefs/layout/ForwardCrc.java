package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the bytes behind a commit read as when the commit was written (section 4.6). As long as they still do, nothing was
 * programmed there.
 *
 * @param size how many bytes, unsigned 32 bits
 * @param crc their checksum
 */
public record ForwardCrc(long size, int crc) {
    /** The bytes on the medium. */
    public static final int BYTES = 8;

    /** Decodes the data of a tag; empty if it is too short. */
    public static Optional<ForwardCrc> decode(byte[] bytes) {
        if (bytes.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new ForwardCrc(Integer.toUnsignedLong(buffer.getInt()), buffer.getInt()));
    }

    /** The bytes on the medium. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) size)
                .putInt(crc)
                .array();
    }
}
