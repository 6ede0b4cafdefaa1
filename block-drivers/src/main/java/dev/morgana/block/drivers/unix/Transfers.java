package dev.morgana.block.drivers.unix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes between any buffer and a descriptor. A direct buffer that is aligned as the descriptor asks is handed to the system as
 * it is; any other is copied once, through a pooled one, in pieces.
 */
final class Transfers {
    private final SystemCalls calls;
    private final int descriptor;
    private final int alignment;
    private final AlignedBuffers buffers = new AlignedBuffers();

    /** Transfers with a descriptor whose buffers must be aligned to so many bytes; 1 where any will do. */
    Transfers(SystemCalls calls, int descriptor, int alignment) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.alignment = alignment;
    }

    void read(long position, ByteBuffer target) throws IOException {
        if (AlignedBuffers.serves(target, alignment)) {
            calls.read(descriptor, position, target);
            return;
        }
        ByteBuffer piece = buffers.take();
        try {
            long next = position;
            while (target.hasRemaining()) {
                piece.clear().limit(Math.min(target.remaining(), AlignedBuffers.BYTES));
                calls.read(descriptor, next, piece);
                next += piece.flip().remaining();
                target.put(piece);
            }
        } finally {
            buffers.giveBack(piece);
        }
    }

    void write(long position, ByteBuffer source) throws IOException {
        if (AlignedBuffers.serves(source, alignment)) {
            calls.write(descriptor, position, source);
            return;
        }
        ByteBuffer piece = buffers.take();
        try {
            long next = position;
            while (source.hasRemaining()) {
                int length = Math.min(source.remaining(), AlignedBuffers.BYTES);
                piece.clear().put(source.slice(source.position(), length)).flip();
                calls.write(descriptor, next, piece);
                source.position(source.position() + length);
                next += length;
            }
        } finally {
            buffers.giveBack(piece);
        }
    }

    void fill(long position, long length, byte value) throws IOException {
        ByteBuffer piece = buffers.take();
        try {
            byte[] values = new byte[(int) Math.min(length, AlignedBuffers.BYTES)];
            Arrays.fill(values, value);
            piece.put(values);
            for (long left = length; left > 0; left -= piece.limit()) {
                piece.position(0).limit((int) Math.min(left, values.length));
                calls.write(descriptor, position + length - left, piece);
            }
        } finally {
            buffers.giveBack(piece);
        }
    }
}
