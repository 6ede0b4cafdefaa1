package dev.morgana.embedkv.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one block as numbers. */
final class BlockBytes {
    private static final long U32 = 0xffffffffL;
    private static final int U16 = 0xffff;

    private BlockBytes() {}

    /** A view of a block; its order is that of every number of the format. */
    static ByteBuffer of(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    static long u32(ByteBuffer block, int offset) {
        return block.getInt(offset) & U32;
    }

    static int u16(ByteBuffer block, int offset) {
        return block.getShort(offset) & U16;
    }
}
