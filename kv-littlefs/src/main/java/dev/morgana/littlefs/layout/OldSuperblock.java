package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The superblock of littlefs 1, which is told from later ones and not read any further: revision, size, tail, one entry, CRC.
 *
 * @param version major version in the upper, minor in the lower 16 bits
 * @param blockSize bytes of a block, unsigned 32 bits
 * @param blockCount blocks of the file system, unsigned 32 bits
 */
public record OldSuperblock(int version, long blockSize, long blockCount) {
    /** How much of a block it takes, from the beginning. */
    public static final int BYTES = 52;

    private static final int SIZE_OFFSET = 4;
    private static final int ENTRY_OFFSET = 16;
    private static final int GEOMETRY_OFFSET = 28;
    private static final int MAGIC_OFFSET = 40;
    private static final int CRC_OFFSET = 48;

    /** Type 0x2e, 20 bytes, no attributes, a name of 8 bytes. */
    private static final int ENTRY_HEAD = 0x0800142e;

    /** Decodes the beginning of block 0 or 1; empty if it is no intact superblock of littlefs 1. */
    public static Optional<OldSuperblock> decode(ByteBuffer bytes) {
        ByteBuffer block = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (block.remaining() < BYTES
                || block.getInt(SIZE_OFFSET) != BYTES
                || block.getInt(ENTRY_OFFSET) != ENTRY_HEAD
                || !block.slice(MAGIC_OFFSET, Superblock.NAME.length())
                        .equals(ByteBuffer.wrap(Superblock.NAME.toBytes()))) {
            return Optional.empty();
        }
        LogCrc crc = new LogCrc();
        crc.update(block.slice(0, CRC_OFFSET));
        if (crc.value() != block.getInt(CRC_OFFSET)) {
            return Optional.empty();
        }
        return Optional.of(new OldSuperblock(
                block.getInt(GEOMETRY_OFFSET + 2 * Integer.BYTES),
                Integer.toUnsignedLong(block.getInt(GEOMETRY_OFFSET)),
                Integer.toUnsignedLong(block.getInt(GEOMETRY_OFFSET + Integer.BYTES))));
    }

    /** The version as people write it, such as {@code 1.7}. */
    public String versionText() {
        return (version >>> Short.SIZE) + "." + (version & 0xffff);
    }
}
