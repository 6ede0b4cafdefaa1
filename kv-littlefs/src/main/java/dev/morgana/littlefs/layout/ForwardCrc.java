package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the bytes after a commit read as when the commit was written (section 4.6). As long as they still do, nothing was
 * programmed there.
 *
 * @param size how many bytes, unsigned 32 bits
 * @param crc their checksum
 */
public record ForwardCrc(long size, int crc) {
    /** The bytes on the medium. */
    public static final int BYTES = 8;

    private static final int PIECE_BYTES = 4096;

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

    /**
     * Whether bytes of a block still read as they did. The size is the writer's program size, not ours, and may be garbage.
     *
     * @param block the block
     * @param offset where the bytes begin, after the commit
     * @throws DeviceException if the device fails other than by a bad block
     */
    public boolean matches(BlockBytes block, int offset) throws DeviceException {
        if (size > block.size() - offset) {
            return false;
        }
        LogCrc sum = new LogCrc();
        int end = offset + (int) size;
        try {
            for (int at = offset; at < end; at += PIECE_BYTES) {
                sum.update(block.read(at, Math.min(PIECE_BYTES, end - at)));
            }
        } catch (BadBlockException e) {
            return false;
        }
        return sum.value() == crc;
    }
}
