package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** A value from its beginning to its end, as long as its key is bound to it: the format keeps no old values. */
final class ValueStream extends InputStream {
    private final StoreLock lock;
    private final Binding binding;
    private final Binding.Reader reader;
    private final Predicate<Binding> isBound;
    private long position;
    private boolean closed;

    ValueStream(StoreLock lock, Binding binding, Predicate<Binding> isBound) {
        this.lock = lock;
        this.binding = binding;
        this.reader = binding.reader();
        this.isBound = isBound;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("stream is closed");
        }
        ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
        int count = lock.reading(() -> isBound.test(binding) ? reader.read(position, target) : -1);
        if (count < 0) {
            throw new IOException("the value was replaced or removed");
        }
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, binding.size() - position);
    }

    @Override
    public void close() {
        closed = true;
    }
}
