package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The address of a metadata pair: two block numbers. Two addresses mean the same pair if they share a block, since a pair
 * that is moved keeps one of its blocks (section 9.9).
 *
 * @param first the block that is tried first where revisions are equal, unsigned 32 bits
 * @param second the other block
 */
public record BlockPair(long first, long second) {
    /** The bytes on the medium. */
    public static final int BYTES = 8;

    /** The number that stands for no block. */
    public static final long NO_BLOCK = 0xffffffffL;

    /** Where every littlefs begins. */
    public static final BlockPair SUPERBLOCK = new BlockPair(0, 1);

    /** No pair: the tail of the last pair on the thread. */
    public static final BlockPair NONE = new BlockPair(NO_BLOCK, NO_BLOCK);

    /** Decodes eight bytes. */
    public static BlockPair decode(byte[] bytes) {
        assert bytes.length == BYTES;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new BlockPair(Integer.toUnsignedLong(buffer.getInt()), Integer.toUnsignedLong(buffer.getInt()));
    }

    /** The eight bytes on the medium. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) first)
                .putInt((int) second)
                .array();
    }

    /** Whether this is the address of no pair; one missing block is enough. */
    public boolean isNone() {
        return first == NO_BLOCK || second == NO_BLOCK;
    }

    /** Whether the block is one of the two. */
    public boolean contains(long block) {
        return first == block || second == block;
    }

    /** Whether both addresses mean the same pair, though maybe at different times. */
    public boolean sharesBlock(BlockPair other) {
        return contains(other.first) || contains(other.second);
    }

    /** Whether both addresses have the same two blocks, in either order. */
    public boolean sameBlocks(BlockPair other) {
        return ordered().equals(other.ordered());
    }

    /** The same blocks, the lower number first: a key for maps. */
    public BlockPair ordered() {
        return first <= second ? this : swapped();
    }

    /** The same blocks in the other order. */
    public BlockPair swapped() {
        return new BlockPair(second, first);
    }

    @Override
    public String toString() {
        return isNone() ? "{none}" : "{" + first + ", " + second + "}";
    }
}
