package dev.morgana.block.drivers.mem;

import java.nio.ByteBuffer;

/** Where a device keeps its bytes. */
public enum MemoryKind {
    /** On the Java heap. */
    HEAP,
    /** Outside of the heap, in direct buffers; given back some time after the device was closed. */
    DIRECT;

    ByteBuffer allocate(int bytes) {
        return this == HEAP ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    }
}
