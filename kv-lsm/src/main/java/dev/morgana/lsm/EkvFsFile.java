package dev.morgana.lsm;

import dev.morgana.lsm.file.FileContent;
import dev.morgana.lsm.file.FileError;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.ReadTransaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file open for reading, as it was when it was opened, whatever becomes of its path. One chunk of it is kept in memory. Not
 * safe for use by several threads at once. Close it: it keeps the pages of its state from being reused.
 */
public final class EkvFsFile implements SeekableByteChannel {
    private final FileContent content;
    private final ReadTransaction snapshot;
    private long position;
    private boolean open = true;

    EkvFsFile(FileContent content, ReadTransaction snapshot) {
        this.content = content;
        this.snapshot = snapshot;
    }

    /**
     * Reads to the end of a chunk at most, as the reference implementation does; read again for more.
     *
     * @param target filled from its position
     * @return how many bytes were read, or -1 at the end
     * @throws ClosedChannelException if the file is closed
     * @throws dev.morgana.spi.error.CorruptStoreException if the chunk is missing, or not as long as it should be (native code
     *     {@code Database})
     * @throws IOException for these, or if the device fails
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        byte[] part = new byte[(int) Math.min(target.remaining(), Math.max(1, content.size()))];
        try {
            int count = content.read(position, part, 0, part.length);
            target.put(part, 0, count);
            position += count;
            return count == 0 && part.length > 0 ? -1 : count;
        } catch (StoreException e) {
            throw FileError.translated(e);
        }
    }

    /**
     * Where the next read begins.
     *
     * @return from 0
     * @throws ClosedChannelException if the file is closed
     */
    @Override
    public long position() throws ClosedChannelException {
        requireOpen();
        return position;
    }

    /**
     * Moves to where the next read begins.
     *
     * @param newPosition from 0; it may lie past the end
     * @return this file
     * @throws ClosedChannelException if the file is closed
     * @throws IllegalArgumentException if the position is negative
     */
    @Override
    public EkvFsFile position(long newPosition) throws ClosedChannelException {
        requireOpen();
        ArgumentChecks.requireNotNegative("newPosition", newPosition);
        position = newPosition;
        return this;
    }

    /**
     * The size.
     *
     * @return in bytes
     * @throws ClosedChannelException if the file is closed
     */
    @Override
    public long size() throws ClosedChannelException {
        requireOpen();
        return content.size();
    }

    /** Always fails: files are written by {@link EkvFs} and {@link EkvFsBatch}. */
    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    /** Always fails: files are written by {@link EkvFs} and {@link EkvFsBatch}. */
    @Override
    public EkvFsFile truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    /** Gives back the snapshot. Closing twice does nothing. */
    @Override
    public void close() {
        open = false;
        snapshot.close();
    }
}
