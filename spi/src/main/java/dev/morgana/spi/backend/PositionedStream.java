package dev.morgana.spi.backend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A value from its beginning to its end, over something that reads it at any position. For one thread at a time. */
public final class PositionedStream extends InputStream {
    /** Reads a value at a position. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads bytes.
         *
         * @param position of the first one, from the beginning of the value; at most its size
         * @param target takes as many as fit, from its position on
         * @return how many bytes were read; 0 only at the end of the value, or if the target takes none
         * @throws IOException if the value cannot be read
         */
        int read(long position, ByteBuffer target) throws IOException;
    }

    private final long size;
    private final Source source;
    private final Runnable onClose;
    private long position;
    private boolean closed;

    /**
     * A stream at the beginning of a value.
     *
     * @param size of the value in bytes, which decides what is skipped and available
     * @param source reads it; not asked after the stream was closed
     * @param onClose gives back what the source holds; called once
     */
    public PositionedStream(long size, Source source, Runnable onClose) {
        this.size = size;
        this.source = source;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        int count = source.read(position, target);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, size - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, size - position);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
