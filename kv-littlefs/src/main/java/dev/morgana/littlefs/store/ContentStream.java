package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.HeldContent;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.StoreException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file from its beginning to its end. */
final class ContentStream extends InputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final HeldContent content;
    private final StoreLock lock;
    private long position;
    private boolean closed;

    private ContentStream(HeldContent content, StoreLock lock) {
        this.content = content;
        this.lock = lock;
    }

    /**
     * A buffered stream of what a file has now; under the lock.
     *
     * @throws StoreException if that is damaged
     */
    static InputStream open(FileSystem fileSystem, DirectoryEntry file, StoreLock lock) throws StoreException {
        HeldContent content = HeldContent.open(fileSystem, file);
        int buffer = (int) Math.max(1, Math.min(BUFFER_BYTES, content.size()));
        return new BufferedInputStream(new ContentStream(content, lock), buffer);
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
        int count = lock.reading(() -> content.read(position, target));
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, content.size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, content.size() - position);
    }

    @Override
    public void close() {
        closed = true;
        lock.release(content::close);
    }
}
