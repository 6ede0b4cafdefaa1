package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.OpenFile;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;

/** An open file as a channel. Its state is touched by one thread at a time, under the lock of the store. */
final class ValueChannel implements FileHandle {
    private final OpenFile file;
    private final FileSystemAccess access;
    private final Runnable forget;
    private boolean closed;

    /**
     * A channel.
     *
     * @param forget called under the lock when the channel is closed
     */
    ValueChannel(OpenFile file, FileSystemAccess access, Runnable forget) {
        this.file = file;
        this.access = access;
        this.forget = forget;
    }

    private <T> T alone(StoreLife.Action<T> action) throws IOException {
        requireOpen();
        return access.alone(action);
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (!file.mode().readable()) {
            throw new NonReadableChannelException();
        }
        boolean wanted = target.hasRemaining();
        int count = alone(() -> file.read(target));
        return count == 0 && wanted ? -1 : count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        requireWritable();
        int count = source.remaining();
        access.change("write", () -> file.write(source));
        return count;
    }

    private void requireWritable() {
        if (!file.mode().writable()) {
            throw new NonWritableChannelException();
        }
    }

    @Override
    public long position() throws IOException {
        return alone(file::position);
    }

    @Override
    public ValueChannel position(long newPosition) throws IOException {
        ArgumentChecks.requireNotNegative("position", newPosition);
        alone(() -> {
            file.seek(newPosition);
            return true;
        });
        return this;
    }

    @Override
    public long size() throws IOException {
        return alone(file::size);
    }

    @Override
    public ValueChannel truncate(long size) throws IOException {
        ArgumentChecks.requireNotNegative("size", size);
        requireOpen();
        requireWritable();
        access.change("truncate", () -> {
            if (size < file.size()) {
                file.truncate(size);
            }
            if (file.position() > size) {
                file.seek(size);
            }
        });
        return this;
    }

    @Override
    public void sync() throws IOException {
        requireOpen();
        if (file.mode().writable()) {
            access.change("sync", file::sync);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed && !access.life().isClosed();
    }

    @Override
    public void close() throws StoreException {
        if (!closed) {
            closed = true;
            publishAndForget();
        }
    }

    private void publishAndForget() throws StoreException {
        try {
            if (!access.life().isClosed() && file.mustPublish()) {
                access.change("close", file::sync);
            }
        } finally {
            access.life().releasing(() -> {
                file.discard();
                forget.run();
            });
        }
    }
}
