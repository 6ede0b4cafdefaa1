package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.Segments;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.HandleOptions;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An open value: what the store has, under the segments that were changed since. Its state is touched under the vault's lock.
 *
 * <p>A value that is removed stays so: what is written to it then goes with the handle, as to a file without a name. One that is
 * replaced by another one has lost what the handle has not read or written itself.
 */
final class SealedHandle implements FileHandle {
    private final OpenTree place;
    private final KeyValueStore tree;
    private final Key key;
    private final HandleOptions options;
    private final Consumer<SealedHandle> onClose;
    private final ChangedSegments changed = new ChangedSegments();
    private long size;

    /** So much of what the store has is still part of the value. */
    private long stored;

    private long position;
    private boolean unpublished;
    private boolean closed;
    private boolean publishing;

    /** Whether the value that was opened is not the one that the store has any more, and whether there is none. */
    private boolean replaced;

    private boolean removed;

    SealedHandle(OpenTree place, Key key, HandleOptions options, Consumer<SealedHandle> onClose) throws StoreException {
        this.place = place;
        this.tree = place.tree();
        this.key = key;
        this.options = options;
        this.onClose = onClose;
        this.stored = tree.size(key); // that there is a value is found out in any case
        if (options.truncate()) {
            unpublished = stored > 0;
            stored = 0;
        }
        this.size = stored;
    }

    Key key() {
        return key;
    }

    /** Takes the news that the value was replaced or removed, unless it was by this handle. */
    void changed(boolean byRemoval) {
        if (!publishing) {
            replaced = true;
            removed = byRemoval;
        }
    }

    /** Refuses what needs bytes of a value that is not there any more. */
    private void requireStored() throws StoreException {
        if (replaced) {
            throw new InvalidRequestException("the value of " + key + " was "
                    + (removed ? "removed" : "replaced by another one") + " since it was opened");
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void requireWritable() throws ClosedChannelException {
        requireOpen();
        if (!options.writable()) {
            throw new NonWritableChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (place.vault()) {
            requireOpen();
            if (!options.readable()) {
                throw new NonReadableChannelException();
            }
            boolean wanted = target.hasRemaining();
            int count = read(position, target);
            position += count;
            return count == 0 && wanted ? -1 : count;
        }
    }

    private int read(long from, ByteBuffer target) throws IOException {
        int start = target.position();
        long at = from;
        while (target.hasRemaining() && at < size) {
            byte[] segment = segment(at / Segments.LENGTH);
            int within = (int) (at % Segments.LENGTH);
            int count = (int) Math.min(Math.min(target.remaining(), segment.length - within), size - at);
            target.put(segment, within, count);
            at += count;
        }
        return target.position() - start;
    }

    /** The bytes of a segment as they are now, with zeros up to its full length. */
    private byte[] segment(long number) throws IOException {
        Optional<byte[]> own = changed.get(number);
        if (own.isPresent()) {
            return own.get();
        }
        byte[] segment = new byte[Segments.LENGTH];
        long begin = number * Segments.LENGTH;
        if (begin < stored) {
            requireStored();
            tree.read(key, begin, ByteBuffer.wrap(segment, 0, (int) Math.min(segment.length, stored - begin)));
        }
        return segment;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (place.vault()) {
            requireWritable();
            long at = options.append() ? size : position;
            int count = source.remaining();
            place.bounds().checkValue(count > Long.MAX_VALUE - at ? Long.MAX_VALUE : at + count);
            while (source.hasRemaining()) {
                long number = at / Segments.LENGTH;
                int within = (int) (at % Segments.LENGTH);
                int part = Math.min(source.remaining(), Segments.LENGTH - within);
                byte[] segment = segment(number);
                source.get(segment, within, part);
                changed.put(number, segment);
                at += part;
            }
            size = count > 0 ? Math.max(size, at) : size;
            position = at;
            unpublished |= count > 0;
            return count;
        }
    }

    @Override
    public long position() throws IOException {
        synchronized (place.vault()) {
            requireOpen();
            return position;
        }
    }

    @Override
    public SealedHandle position(long newPosition) throws IOException {
        ArgumentChecks.requireNotNegative("position", newPosition);
        synchronized (place.vault()) {
            requireOpen();
            position = newPosition;
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        synchronized (place.vault()) {
            requireOpen();
            return size;
        }
    }

    @Override
    public SealedHandle truncate(long newSize) throws IOException {
        ArgumentChecks.requireNotNegative("size", newSize);
        synchronized (place.vault()) {
            requireWritable();
            if (newSize < size) {
                changed.cut(newSize);
                stored = Math.min(stored, newSize);
                size = newSize;
                unpublished = true;
            }
            position = Math.min(position, newSize);
        }
        return this;
    }

    @Override
    public void sync() throws IOException {
        synchronized (place.vault()) {
            requireOpen();
            if (!unpublished || removed) {
                return;
            }
            if (stored > 0) {
                requireStored();
            }
            publishing = true;
            try {
                tree.set(key, new PositionedStream(size, this::read, () -> {}));
            } finally {
                publishing = false;
            }
            changed.close();
            stored = size;
            unpublished = false;
            replaced = false;
        }
    }

    @Override
    public boolean isOpen() {
        return !closed && place.open().getAsBoolean();
    }

    @Override
    public void close() throws IOException {
        synchronized (place.vault()) {
            if (closed) {
                return;
            }
            try {
                if (place.open().getAsBoolean()) {
                    sync();
                }
            } finally {
                closed = true;
                changed.close();
                onClose.accept(this);
            }
        }
    }
}
