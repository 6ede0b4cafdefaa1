package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** Goes through the blocks of a file from its last to its first, with as few reads of pointers as that takes. */
public final class FileBlocks {
    private final Blocks blocks;
    private final CtzLayout layout;
    private long index;
    private long block;
    /** The blocks that come next, as far as their numbers are known. */
    private final Deque<Long> next = new ArrayDeque<>();

    /**
     * Begins after the last block.
     *
     * @param where where the head stands, for messages
     * @throws CorruptStoreException if the file is larger than the device, or its head is no block
     */
    public FileBlocks(Blocks blocks, CtzLayout layout, CtzHead file, Position where) throws CorruptStoreException {
        check(blocks, layout, file, where);
        this.blocks = blocks;
        this.layout = layout;
        this.index = layout.blocks(file.size());
        next.add(file.head());
    }

    /**
     * Begins after a block of a file, given with its index.
     *
     * @throws CorruptStoreException if there is no such block
     */
    public FileBlocks(Blocks blocks, CtzLayout layout, long index, long block) throws CorruptStoreException {
        blocks.checkBlock(block, blocks.position(Position.NO_BLOCK, 0, "last block of a file"));
        this.blocks = blocks;
        this.layout = layout;
        this.index = index + 1;
        next.add(block);
    }

    /**
     * Refuses a file that cannot be on a device.
     *
     * @throws CorruptStoreException if it is larger than the device, or its head is no block
     */
    public static void check(Blocks blocks, CtzLayout layout, CtzHead file, Position where)
            throws CorruptStoreException {
        if (file.size() > Settings.FILE_MAX || layout.blocks(file.size()) > blocks.count()) {
            throw PeerError.corrupt(where, "a file of at most " + blocks.count() + " blocks", file.size() + " bytes");
        }
        if (file.size() > 0) {
            blocks.checkBlock(file.head(), where);
        }
    }

    /**
     * Moves to the block before; the first time, to the last block of the file.
     *
     * @return whether there is one
     * @throws CorruptStoreException if a pointer names no block
     * @throws StoreException for this, or if the device fails
     */
    public boolean previous() throws StoreException {
        if (index == 0) {
            return false;
        }
        if (next.isEmpty()) {
            readPointers();
        }
        block = next.remove();
        index--;
        return true;
    }

    /** The number of the present block within the file, from 0. */
    public long index() {
        return index;
    }

    /** The present block. */
    public long block() {
        return block;
    }

    /** The pointers to the block before, and to the one before that where there is one. */
    private void readPointers() throws StoreException {
        boolean two = index > 1 && layout.distance(layout.pointerTowards(index, index - 2)) == 2;
        ByteBuffer pointers =
                ByteBuffer.allocate((two ? 2 : 1) * CtzLayout.POINTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        blocks.read(block, 0, pointers);
        pointers.flip();
        while (pointers.hasRemaining()) {
            Position where = blocks.position(block, pointers.position(), "block pointer of a file");
            long number = Integer.toUnsignedLong(pointers.getInt());
            blocks.checkBlock(number, where);
            next.add(number);
        }
    }

    /**
     * Names the blocks of a file from the last to the first by the first pointer of each, as whoever reads it to its end does,
     * whatever the longer pointers say.
     *
     * @param where where the head stands, for messages
     * @throws CorruptStoreException if the file cannot be on the device, or a pointer names no block
     * @throws StoreException for this, or if the device fails
     */
    public static void readingOrder(Blocks blocks, CtzLayout layout, CtzHead file, Position where, LongConsumer sink)
            throws StoreException {
        check(blocks, layout, file, where);
        long block = file.head();
        for (long index = layout.blocks(file.size()) - 1; index >= 0; index--) {
            blocks.checkBlock(block, where);
            sink.accept(block);
            block = index == 0 ? block : pointer(blocks, block, 0);
        }
    }

    /**
     * One pointer of a block.
     *
     * @throws DeviceException if the device fails
     */
    public static long pointer(Blocks blocks, long block, int number) throws DeviceException {
        ByteBuffer bytes = ByteBuffer.allocate(CtzLayout.POINTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        blocks.read(block, number * CtzLayout.POINTER_BYTES, bytes);
        return Integer.toUnsignedLong(bytes.getInt(0));
    }
}
