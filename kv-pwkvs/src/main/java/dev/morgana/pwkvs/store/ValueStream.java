package dev.morgana.pwkvs.store;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A value as it was when it was opened; it ends with its store. */
final class ValueStream extends FilterInputStream {
    private final StoreLock lock;

    ValueStream(byte[] value, StoreLock lock) {
        super(new ByteArrayInputStream(value));
        this.lock = lock;
    }

    @Override
    public int read() throws IOException {
        lock.requireOpen();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        lock.requireOpen();
        return super.read(target, offset, length);
    }
}
