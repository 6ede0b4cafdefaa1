package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A file in blocks of its own (section 12.2). The list leads backwards only, so a range is read from its last block to its
 * first, each block together with its pointer to the one before.
 */
final class CtzContent implements FileContent {
    /** How many blocks met on the way are remembered at most. */
    private static final int KNOWN_MAX = 4096;

    private final Blocks blocks;
    private final CtzLayout layout;
    private final long size;
    private final long lastIndex;
    private final long head;
    /** Block numbers by index; the head is always among them. */
    private final TreeMap<Long, Long> known = new TreeMap<>();

    /**
     * A file.
     *
     * @param where where its head stands, for messages
     * @throws CorruptStoreException if the head is no block, or the size is more than the device could hold
     */
    CtzContent(Blocks blocks, CtzLayout layout, CtzHead file, Position where) throws CorruptStoreException {
        this.blocks = blocks;
        this.layout = layout;
        FileBlocks.check(blocks, layout, file, where);
        this.size = file.size();
        this.head = file.head();
        this.lastIndex = layout.blocks(size) - 1;
        known.put(lastIndex, head);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, ByteBuffer target) throws StoreException {
        if (position >= size || !target.hasRemaining()) {
            return 0;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        long end = position + length;
        long first = layout.indexOf(position);
        long index = layout.indexOf(end - 1);
        long block = locate(index);
        for (; index > first; index--) {
            long from = layout.startOf(index);
            block = readBehindPointers(
                    block, index, slice(target, from - position, Math.min(end, layout.startOf(index + 1)) - from));
        }
        long upTo = Math.min(end, layout.startOf(first + 1));
        blocks.read(block, layout.offsetOf(position), slice(target, 0, upTo - position));
        target.position(target.position() + length);
        return length;
    }

    private static ByteBuffer slice(ByteBuffer target, long from, long length) {
        return target.slice(target.position() + (int) from, (int) length);
    }

    /** Reads the data of a block from its beginning, and the number of the block before it. */
    private long readBehindPointers(long block, long index, ByteBuffer target) throws StoreException {
        int pointerBytes = layout.pointerBytes(index);
        ByteBuffer bytes =
                ByteBuffer.allocate(pointerBytes + target.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        blocks.read(block, 0, bytes);
        target.put(bytes.flip().position(pointerBytes));
        long before = Integer.toUnsignedLong(bytes.getInt(0));
        blocks.checkBlock(before, where(block, 0));
        return remember(index - 1, before);
    }

    /** The block of an index: from the nearest known one behind it, always along the longest pointer that does not pass it. */
    long locate(long target) throws StoreException {
        Map.Entry<Long, Long> nearest = Objects.requireNonNull(known.ceilingEntry(target));
        long index = nearest.getKey();
        long block = nearest.getValue();
        while (index > target) {
            int pointer = layout.pointerTowards(index, target);
            long number = FileBlocks.pointer(blocks, block, pointer);
            blocks.checkBlock(number, where(block, pointer));
            index -= layout.distance(pointer);
            block = remember(index, number);
        }
        return block;
    }

    private Position where(long block, int pointer) {
        return blocks.position(block, (long) pointer * CtzLayout.POINTER_BYTES, "block pointer of a file");
    }

    private long remember(long index, long block) {
        if (known.size() >= KNOWN_MAX) {
            known.clear();
            known.put(lastIndex, head);
        }
        known.put(index, block);
        return block;
    }
}
