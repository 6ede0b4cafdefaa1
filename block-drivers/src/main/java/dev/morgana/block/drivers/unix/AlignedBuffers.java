package dev.morgana.block.drivers.unix;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers for transfers: what is in a heap buffer is copied through one of these, once. They are aligned, so that they
 * serve reads and writes that bypass the page cache too.
 */
final class AlignedBuffers {
    /** Larger transfers go in pieces of this size. */
    static final int BYTES = 1 << 20;

    /** The strictest alignment that a device asks for in practice: a page. */
    static final int ALIGNMENT = 4096;

    /** One per transfer under way is all there ever is; more than a few are not worth keeping. */
    private static final int KEPT = 4;

    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** An empty buffer; give it back. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer != null
                ? buffer.clear()
                : ByteBuffer.allocateDirect(BYTES + ALIGNMENT)
                        .alignedSlice(ALIGNMENT)
                        .slice(0, BYTES);
    }

    void giveBack(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.add(buffer);
        }
    }

    /** Whether a buffer can be handed to the system as it is. */
    static boolean serves(ByteBuffer buffer, int alignment) {
        return buffer.isDirect() && buffer.alignmentOffset(buffer.position(), alignment) == 0;
    }
}
