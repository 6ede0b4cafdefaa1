package dev.morgana.lsm.store;

import dev.morgana.lsm.file.FileContent;
import dev.morgana.lsm.file.FileError;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.ReadTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A file as it was when it was opened, in memory one chunk at a time. */
final class FileStream extends InputStream {
    private final FileContent content;
    private final ReadTransaction snapshot;
    private long position;
    private boolean closed;

    /** A stream that holds a snapshot, and closes it. */
    FileStream(FileContent content, ReadTransaction snapshot) {
        this.content = content;
        this.snapshot = snapshot;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        try {
            int count = content.read(position, bytes, offset, length);
            position += count;
            return count == 0 && length > 0 ? -1 : count;
        } catch (StoreException e) {
            throw FileError.translated(e);
        }
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, content.size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public void close() {
        closed = true;
        snapshot.close();
    }
}
