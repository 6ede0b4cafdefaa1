package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The pointers of the next block of a file (section 12.2). Pointer k leads to the last block before whose index is a multiple
 * of 2^k, so remembering that block for each k takes the place of following pointers.
 */
final class SkipPointers {
    private final Blocks blocks;
    /** By k: the block of the last index that is a multiple of 2^k, as far as it is {@link #known}. */
    private final long[] latest = new long[Integer.SIZE];

    private final long[] latestIndex = new long[Integer.SIZE];
    private int known;

    /**
     * The pointers behind a file's first blocks.
     *
     * @param count how many blocks there are
     * @param last the last of them
     */
    SkipPointers(Blocks blocks, long count, long last) {
        this.blocks = blocks;
        if (count > 0) {
            add(count - 1, last);
        }
    }

    /** A block was written. */
    void add(long index, long block) {
        int levels = index == 0 ? latest.length : Long.numberOfTrailingZeros(index) + 1;
        for (int level = 0; level < levels; level++) {
            latest[level] = block;
            latestIndex[level] = index;
        }
        known = Math.max(known, levels);
    }

    /**
     * The first pointers of a block.
     *
     * @param index the block's index
     * @param count how many
     * @throws StoreException if those of blocks before cannot be read
     */
    ByteBuffer encode(long index, int count) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate(count * CtzLayout.POINTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = 0; level < count; level++) {
            if (level >= known) {
                find(level);
            }
            assert latestIndex[level] == index - (1L << level) : index + ", " + level;
            bytes.putInt((int) latest[level]);
        }
        return bytes.flip();
    }

    /** One level more: the block of the level below, or the one that its own pointer of that level leads to. */
    private void find(int level) throws StoreException {
        assert level == known && level > 0 : level + ", " + known;
        long index = latestIndex[level - 1];
        long block = latest[level - 1];
        if (index % (1L << level) != 0) {
            long pointer = FileBlocks.pointer(blocks, block, level - 1);
            blocks.checkBlock(
                    pointer, blocks.position(block, (level - 1L) * CtzLayout.POINTER_BYTES, "block pointer of a file"));
            index -= 1L << (level - 1);
            block = pointer;
        }
        latest[level] = block;
        latestIndex[level] = index;
        known++;
    }
}
