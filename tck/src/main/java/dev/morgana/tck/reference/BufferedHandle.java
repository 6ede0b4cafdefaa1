package dev.morgana.tck.reference;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Arrays;

/** A value of its own, until it is published as a whole. */
final class BufferedHandle implements FileHandle {
    /** What a handle may do. */
    record Access(boolean reading, boolean writing, boolean appending) {}

    private final ReferenceTree store;
    private final Key key;
    private final Access access;
    private byte[] bytes;
    private long position;
    private boolean changed;
    private boolean closed;

    /**
     * Opens a handle.
     *
     * @param bytes what the value is to the handle
     * @param changed whether that is to be published though nothing is written
     */
    BufferedHandle(ReferenceTree store, Key key, Access access, byte[] bytes, boolean changed) {
        this.store = store;
        this.key = key;
        this.access = access;
        this.bytes = bytes;
        this.changed = changed;
    }

    @Override
    public synchronized int read(ByteBuffer target) throws ClosedChannelException {
        checkOpen();
        if (!access.reading()) {
            throw new NonReadableChannelException();
        }
        if (position >= bytes.length) {
            return target.hasRemaining() ? -1 : 0;
        }
        int count = Bytes.copy(bytes, position, target);
        position += count;
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws ClosedChannelException, StoreException {
        checkWritable();
        int count = source.remaining();
        if (count == 0) {
            return 0;
        }
        long start = access.appending() ? bytes.length : position;
        Bytes.checkSize(start, TreeCodec.MAX_VALUE_BYTES, key.toString());
        Bytes.checkSize(start + count, TreeCodec.MAX_VALUE_BYTES, key.toString());
        int end = (int) start + count;
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
        source.get(bytes, (int) start, count);
        position = end;
        changed = true;
        return count;
    }

    @Override
    public synchronized long position() throws ClosedChannelException {
        checkOpen();
        return position;
    }

    @Override
    public synchronized BufferedHandle position(long newPosition) throws ClosedChannelException {
        checkOpen();
        ArgumentChecks.requireNotNegative("position", newPosition);
        position = newPosition;
        return this;
    }

    @Override
    public synchronized long size() throws ClosedChannelException {
        checkOpen();
        return bytes.length;
    }

    @Override
    public synchronized BufferedHandle truncate(long size) throws ClosedChannelException {
        checkWritable();
        ArgumentChecks.requireSize(size);
        if (size < bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) size);
            changed = true;
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public synchronized void sync() throws StoreException {
        if (changed && isOpen()) {
            store.set(key, bytes);
            changed = false;
        }
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed && !store.isClosed();
    }

    @Override
    public synchronized void close() throws StoreException {
        try {
            sync();
        } finally {
            closed = true;
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void checkWritable() throws ClosedChannelException {
        checkOpen();
        if (!access.writing()) {
            throw new NonWritableChannelException();
        }
    }
}
