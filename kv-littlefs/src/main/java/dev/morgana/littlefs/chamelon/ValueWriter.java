package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.pair.TwinBlocks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Writes one value: into its entry where it is small, else into blocks, each of which begins with pointers to earlier ones as
 * chamelon wants them (D3): to the block before, and in block 2^m to the blocks 2^(m-1), ..., 2.
 */
final class ValueWriter {
    /** How much of a block a value may be that stands in its entry. */
    private static final int INLINE_FRACTION = 4;

    /** The most that the length of a tag can tell; chamelon itself loses longer ones (C2). */
    private static final int INLINE_MAX = 1022;

    private final FreeBlocks free;
    private final TwinBlocks blocks;
    private final CtzLayout layout;
    private final int blockSize;
    private final Deque<Long> reserved = new ArrayDeque<>();

    /** The block of index 1, 2, 4, ... */
    private final List<Long> powers = new ArrayList<>();

    private long index;
    private long last;

    ValueWriter(FileSystem fileSystem, FreeBlocks free) {
        this.free = free;
        this.blocks = new TwinBlocks(fileSystem.volume().blocks());
        this.layout = fileSystem.volume().ctzLayout();
        this.blockSize = fileSystem.volume().blocks().size();
    }

    /** The longest value that stands in its entry, in bytes. */
    static int inlineLimit(int blockSize) {
        return Math.min(blockSize / INLINE_FRACTION, INLINE_MAX);
    }

    /**
     * Writes a value whose size is known.
     *
     * @param value its bytes, as many or more
     * @return what its entry holds; durable, and not part of the tree yet
     * @throws StoreException if there is no space, the value cannot be read, or the device fails
     */
    EntryStruct write(long size, CallerStream value) throws StoreException {
        if (size <= inlineLimit(blockSize)) {
            return new EntryStruct.Inline(value.readNBytes((int) size));
        }
        reserved.addAll(free.take(layout.blocks(size)));
        return fill(size, new byte[0], value);
    }

    /**
     * Writes a value to its end.
     *
     * @throws StoreException as {@link #write(long, CallerStream)} does, or if it becomes too large
     */
    EntryStruct write(CallerStream value, long most) throws StoreException {
        byte[] begin = value.readNBytes(inlineLimit(blockSize) + 1);
        return begin.length <= inlineLimit(blockSize) ? new EntryStruct.Inline(begin) : fill(most, begin, value);
    }

    /** Fills block after block until the value ends, or has the size. */
    private EntryStruct fill(long most, byte[] begin, CallerStream value) throws StoreException {
        long size = 0;
        byte[] ahead = begin;
        while (true) {
            int pointers = layout.pointerBytes(index);
            byte[] block = new byte[blockSize];
            int room = (int) Math.min(blockSize - pointers, most - size);
            int early = Math.min(ahead.length, room);
            System.arraycopy(ahead, 0, block, pointers, early);
            ahead = Arrays.copyOfRange(ahead, early, ahead.length);
            int count = early + value.readNBytes(block, pointers + early, room - early);
            if (count == 0) {
                break;
            }
            size += count;
            writeBlock(block);
            if (count < room || size == most) {
                break;
            }
        }
        blocks.sync();
        return new EntryStruct.Ctz(new CtzHead(last, size));
    }

    private void writeBlock(byte[] content) throws StoreException {
        if (reserved.isEmpty()) {
            reserved.addAll(free.take(1));
        }
        long block = reserved.remove();
        ByteBuffer pointers = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int count = layout.pointers(index);
        for (int i = 0; i < count; i++) {
            long target = i == 0 ? last : powers.get(Long.numberOfTrailingZeros(index) - i);
            pointers.putInt((int) target);
        }
        blocks.write(block, content);
        if (Long.bitCount(index) == 1) {
            powers.add(block);
        }
        last = block;
        index++;
    }
}
