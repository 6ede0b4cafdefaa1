package dev.morgana.nio.channel;

import dev.morgana.nio.tree.OpenFile;
import dev.morgana.nio.tree.OpenRequest;
import dev.morgana.nio.tree.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * An open file with a position. What is written shows at once to everybody who opens the file in this file system, and is durable
 * after {@link #force} or {@link #close}. Safe for use by many threads, which take turns.
 */
public final class StoreChannel extends FileChannel {
    private static final int PIECE = 1 << 16;

    private final Tree tree;
    private final OpenFile file;
    private final OpenRequest request;
    private final FileLocks locks;
    private final Runnable closed;
    private final Object turn = new Object();
    private long position;

    /**
     * A channel of a file.
     *
     * @param file closed with the channel
     * @param locks those of the file system
     * @param closed called when the channel is closed
     */
    public StoreChannel(Tree tree, OpenFile file, OpenRequest request, FileLocks locks, Runnable closed)
            throws IOException {
        this.tree = tree;
        this.file = file;
        this.request = request;
        this.locks = locks;
        this.closed = closed;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void requireReadable() throws ClosedChannelException {
        requireOpen();
        if (!request.reads()) {
            throw new NonReadableChannelException();
        }
    }

    private void requireWritable() throws ClosedChannelException {
        requireOpen();
        if (!request.writes()) {
            throw new NonWritableChannelException();
        }
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("Negative " + what + ": " + value);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireReadable();
        synchronized (turn) {
            int count = read(target, position);
            position += Math.max(0, count);
            return count;
        }
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        requireNotNegative("position", from);
        requireReadable();
        boolean wanted = target.hasRemaining();
        int count = file.read(from, target);
        return count == 0 && wanted ? -1 : count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, targets.length);
        requireReadable();
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = read(targets[i]);
            if (count < 0) {
                return total == 0 ? -1 : total;
            }
            total += count;
            if (targets[i].hasRemaining()) {
                break;
            }
        }
        return total;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireWritable();
        synchronized (turn) {
            int count = source.remaining();
            if (request.appends()) {
                position = file.append(source);
            } else {
                file.write(position, source);
                position += count;
            }
            syncIfAsked();
            return count;
        }
    }

    @Override
    public int write(ByteBuffer source, long to) throws IOException {
        requireNotNegative("position", to);
        requireWritable();
        int count = source.remaining();
        if (request.appends()) {
            file.append(source);
        } else {
            file.write(to, source);
        }
        syncIfAsked();
        return count;
    }

    private void syncIfAsked() throws IOException {
        if (request.synchronous()) {
            file.sync();
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sources.length);
        requireWritable();
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i]);
        }
        return total;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        synchronized (turn) {
            return request.appends() ? file.size() : position;
        }
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        requireOpen();
        requireNotNegative("position", newPosition);
        synchronized (turn) {
            position = newPosition;
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        requireOpen();
        requireNotNegative("size", size);
        requireWritable();
        synchronized (turn) {
            if (size < file.size()) {
                file.resize(size);
                syncIfAsked();
            }
            position = Math.min(position, size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        requireOpen();
        if (request.writes()) {
            file.sync();
        }
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        requireReadable();
        requireNotNegative("position", from);
        requireNotNegative("count", count);
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
        long done = 0;
        while (done < count) {
            piece.clear().limit((int) Math.min(piece.capacity(), count - done));
            if (read(piece, from + done) <= 0) {
                break;
            }
            piece.flip();
            int written = target.write(piece);
            done += written;
            if (piece.hasRemaining()) {
                break;
            }
        }
        return done;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
        requireWritable();
        requireNotNegative("position", to);
        requireNotNegative("count", count);
        if (to > size()) {
            return 0;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
        long done = 0;
        while (done < count) {
            piece.clear().limit((int) Math.min(piece.capacity(), count - done));
            if (source.read(piece) <= 0) {
                break;
            }
            done += write(piece.flip(), to + done);
        }
        return done;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException(
                "a file within an image cannot be mapped into memory: it has no pages of its own; read and write it");
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) throws IOException {
        // Nobody outside this process has the image open, so that there is never anybody to wait for.
        return tryLock(from, size, shared);
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
        requireOpen();
        if (shared) {
            requireReadable();
        } else {
            requireWritable();
        }
        return locks.lock(this, file, from, size, shared);
    }

    /** The channel is closed whatever happens; what could not be made durable is told. */
    @Override
    protected void implCloseChannel() throws IOException {
        locks.release(this);
        try {
            if (request.writes()) {
                file.sync();
            }
        } finally {
            tree.close(file);
            closed.run();
        }
        if (request.deletes()) {
            removeQuietly();
        }
    }

    private void removeQuietly() throws IOException {
        try {
            tree.remove(file.key());
        } catch (NoSuchFileException e) {
            // Somebody was faster.
            return;
        }
    }
}
