package dev.morgana.tck.reference;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** The bytes of a value as they were when the stream was opened. It ends with its store. */
final class ValueStream extends InputStream {
    private final BooleanSupplier closed;
    private final byte[] bytes;
    private int next;

    ValueStream(BooleanSupplier closed, byte[] bytes) {
        this.closed = closed;
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        checkOpen();
        return next == bytes.length ? -1 : bytes[next++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        checkOpen();
        if (next == bytes.length && length > 0) {
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return bytes.length - next;
    }

    private void checkOpen() throws IOException {
        if (closed.getAsBoolean()) {
            throw new IOException("store is closed");
        }
    }
}
