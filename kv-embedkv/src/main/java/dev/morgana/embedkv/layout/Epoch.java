package dev.morgana.embedkv.layout;

import java.nio.ByteBuffer;

/**
 * A number in the padding of the header, which the reference implementations keep and do not look at: how often the set of
 * replicas that take part has shrunk. A replica with a lower one has missed changes. It is ours and not the format's (section
 * 26, item 10).
 */
final class Epoch {
    /** The least block size that has room for it. */
    static final int LEAST_BLOCK_SIZE = 40;

    /** Never raised; the padding is all zeros, or whatever a stranger wrote. */
    static final long NONE = 0;

    private static final int TAG = StorageHeader.BYTES;
    private static final int NUMBER = TAG + Integer.BYTES;

    /** "EPOC", so that padding of a stranger is not taken for a number. */
    private static final int MARK = 0x434f5045;

    private Epoch() {}

    static long read(ByteBuffer block) {
        boolean there = block.capacity() >= LEAST_BLOCK_SIZE && block.getInt(TAG) == MARK;
        return there ? BlockBytes.u32(block, NUMBER) : NONE;
    }

    static void write(ByteBuffer block, long epoch) {
        if (epoch != NONE) {
            assert block.capacity() >= LEAST_BLOCK_SIZE : block.capacity();
            overwrite(block, epoch);
        }
    }

    /** The number's bytes, whatever they are. */
    static long rawNumber(ByteBuffer block) {
        return BlockBytes.u32(block, NUMBER);
    }

    /** Writes an epoch, or the zeros of none. */
    static void overwrite(ByteBuffer block, long epoch) {
        block.putInt(TAG, epoch == NONE ? 0 : MARK).putInt(NUMBER, (int) epoch);
    }
}
