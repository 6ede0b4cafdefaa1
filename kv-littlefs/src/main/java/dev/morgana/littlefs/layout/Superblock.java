package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The content of a superblock entry (section 7.1).
 *
 * @param version major version in the upper, minor in the lower 16 bits
 * @param blockSize bytes of a block, unsigned 32 bits
 * @param blockCount blocks of the file system, unsigned 32 bits
 * @param nameMax longest name in bytes; 0 means the reader's own limit
 * @param fileMax largest file in bytes; 0 means the reader's own limit
 * @param attrMax longest attribute in bytes; 0 means the reader's own limit
 */
public record Superblock(int version, long blockSize, long blockCount, long nameMax, long fileMax, long attrMax) {
    /** The bytes on the medium. */
    public static final int BYTES = 24;

    /** Where the magic stands in a freshly compacted block: after the revision and the tag of the superblock's name. */
    public static final int MAGIC_OFFSET = Integer.BYTES + Tag.BYTES;

    /** The name of a superblock entry: the magic of the format. */
    public static final FileName NAME = new FileName("littlefs".getBytes(StandardCharsets.US_ASCII));

    private static final int MINOR_MASK = 0xffff;
    private static final int MAJOR_SHIFT = 16;

    /** Decodes the struct of a superblock entry; empty if it is too short. A later minor version may make it longer. */
    public static Optional<Superblock> decode(byte[] bytes) {
        if (bytes.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(
                new Superblock(buffer.getInt(), next(buffer), next(buffer), next(buffer), next(buffer), next(buffer)));
    }

    private static long next(ByteBuffer buffer) {
        return Integer.toUnsignedLong(buffer.getInt());
    }

    /** The bytes on the medium. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(version)
                .putInt((int) blockSize)
                .putInt((int) blockCount)
                .putInt((int) nameMax)
                .putInt((int) fileMax)
                .putInt((int) attrMax)
                .array();
    }

    /** The same superblock with another number of blocks. */
    public Superblock withBlockCount(long count) {
        return new Superblock(version, blockSize, count, nameMax, fileMax, attrMax);
    }

    /** The part of the version that tells incompatible formats apart. */
    public int major() {
        return version >>> MAJOR_SHIFT;
    }

    /** The part of the version that older drivers refuse when it is newer than theirs. */
    public int minor() {
        return version & MINOR_MASK;
    }

    /** The version as people write it, such as {@code 2.1}. */
    public String versionText() {
        return major() + "." + minor();
    }
}
