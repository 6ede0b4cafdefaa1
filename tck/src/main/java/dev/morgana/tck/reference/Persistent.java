package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The content of a store and its life: readers take the immutable content of the moment, one writer at a time puts a new
 * one in its place. A new content is durable before it is visible.
 *
 * @param <C> the content, immutable
 */
final class Persistent<C> {
    /** The next content, from the present one. */
    @FunctionalInterface
    interface Update<C> {
        /**
         * Computes it.
         *
         * @return the new content; the very object that was given, for no change
         */
        C apply(C content) throws StoreException;
    }

    private final Halves halves;
    private final Shape shape;
    private final Codec<C> codec;
    private final boolean readOnly;

    /** Belongs to the writer from its first look at the content to its last. */
    private final Semaphore writer = new Semaphore(1, true);

    private volatile @Nullable Thread writing;

    private SnapshotHalf newest;
    private volatile C content;
    private volatile boolean closed;

    private Persistent(Halves halves, Shape shape, Codec<C> codec, boolean readOnly, SnapshotHalf newest, C content) {
        this.halves = halves;
        this.shape = shape;
        this.codec = codec;
        this.readOnly = readOnly;
        this.newest = newest;
        this.content = content;
    }

    /** Opens what is on the device. Nothing is written: the next change overwrites what a power loss left unfinished. */
    static <C> Persistent<C> open(Halves halves, Shape shape, Codec<C> codec, boolean readOnly) throws StoreException {
        SnapshotHalf first = halves.examine(0, shape);
        SnapshotHalf second = halves.examine(1, shape);
        SnapshotHalf newest = SnapshotHalf.newest(first, second);
        CorruptStoreException damage = newest.damage();
        if (damage != null) {
            throw damage;
        }
        Position at = halves.position(newest.index(), SnapshotHeader.BYTES, "payload");
        C content = codec.decode(ByteBuffer.wrap(halves.payload(newest)), at);
        return new Persistent<>(halves, shape, codec, readOnly, newest, content);
    }

    /** The content of the moment. */
    C content() {
        checkOpen();
        return content;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }

    boolean isClosed() {
        return closed;
    }

    boolean isReadOnly() {
        return readOnly || halves.device().isReadOnly();
    }

    /** Changes the content as a whole. */
    void update(String operation, Update<C> update) throws StoreException {
        C present = begin(operation);
        try {
            commit(update.apply(present));
        } finally {
            end();
        }
    }

    /** Waits for the writer under way, if any, and becomes the writer, who changes the content that is answered. */
    C begin(String operation) throws ReadOnlyStoreException {
        checkOpen();
        if (isReadOnly()) {
            throw new ReadOnlyStoreException(operation);
        }
        if (Thread.currentThread().equals(writing)) {
            throw new IllegalStateException("this thread has a write transaction open; end it before " + operation);
        }
        writer.acquireUninterruptibly();
        writing = Thread.currentThread();
        if (closed) {
            end();
        }
        return content();
    }

    /** Lets the next writer in. */
    void end() {
        writing = null;
        writer.release();
    }

    /** Makes a content durable, then visible. For the writer. The very content that is there means no change. */
    synchronized void commit(C next) throws StoreException {
        checkOpen();
        if (next == content) {
            return;
        }
        byte[] payload = codec.encode(next);
        if (payload.length > halves.capacity()) {
            throw new NoSpaceException(
                    "the content of the store",
                    OptionalLong.of(payload.length),
                    OptionalLong.of(halves.capacity() - newest.validHeader().length()));
        }
        newest = write(halves, shape, newest, payload);
        content = next;
    }

    /** Writes a snapshot that is newer than the newest one, into the other half. */
    static SnapshotHalf write(Halves halves, Shape shape, SnapshotHalf newest, byte[] payload) throws DeviceException {
        SnapshotHeader header = SnapshotHeader.of(shape, halves.device().geometry(), newest.generation() + 1, payload);
        int target = 1 - newest.index();
        halves.write(target, header, payload);
        return new SnapshotHalf(target, header, null, false);
    }

    /** Runs something that reads the device, while nobody writes to it. */
    synchronized <T> T whileQuiet(Inspector<T> inspector) throws StoreException {
        checkOpen();
        return inspector.inspect(halves);
    }

    /** Reads the device. */
    @FunctionalInterface
    interface Inspector<T> {
        T inspect(Halves halves) throws StoreException;
    }

    synchronized void close() {
        closed = true;
        try {
            halves.device().close();
        } catch (DeviceException e) {
            // Closing a store cannot fail; every change was durable when its call returned, so nothing is lost either.
        }
    }
}
