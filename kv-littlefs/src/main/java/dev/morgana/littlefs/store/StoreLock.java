package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a store and who may touch it: many readers at a time or one writer, nobody after it was closed. A thread may
 * read while it writes, since values are set from streams that come from the same store.
 */
public final class StoreLock {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final BlockDevice device;
    private final @Nullable FileSystem fileSystem;
    private final boolean readOnly;
    private final Consumer<DeviceException> closeFailures;
    private boolean closed;

    private StoreLock(
            BlockDevice device,
            @Nullable FileSystem fileSystem,
            boolean readOnly,
            Consumer<DeviceException> closeFailures) {
        this.device = device;
        this.fileSystem = fileSystem;
        this.readOnly = readOnly;
        this.closeFailures = closeFailures;
    }

    /** A lock around something that owns its device; closing never fails, so a failure of the device goes to the consumer. */
    static StoreLock ofDevice(BlockDevice device, boolean readOnly, Consumer<DeviceException> closeFailures) {
        return new StoreLock(device, null, readOnly, closeFailures);
    }

    /** A lock around a mounted file system, which owns its device. */
    public static StoreLock of(FileSystem fileSystem, boolean readOnly, Consumer<DeviceException> closeFailures) {
        return new StoreLock(fileSystem.volume().blocks().device(), fileSystem, readOnly, closeFailures);
    }

    /** What is done under the lock. */
    public interface Action<T> {
        /** Does it. */
        T run() throws StoreException;
    }

    /** What is done under the lock, without a result. */
    public interface Change {
        /** Does it. */
        void run() throws StoreException;
    }

    /** Whether every change is refused. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /**
     * Reads, beside other readers.
     *
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T reading(Action<T> action) throws StoreException {
        while (true) {
            lock.readLock().lock();
            try {
                checkOpen();
                // Asked under the lock: a reader that waited for a write may come after its failure.
                if (fileSystem == null || fileSystem.isValid()) {
                    return action.run();
                }
            } finally {
                lock.readLock().unlock();
            }
            recover(fileSystem);
        }
    }

    /** After a failed write: nobody can read before it is known what is there. */
    private void recover(FileSystem broken) throws StoreException {
        lock.writeLock().lock();
        try {
            checkOpen();
            broken.ensureValid();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Changes the file system, alone. The action finishes what an interrupted writer left half done, by
     * {@link FileSystem#repair()}, once nothing can refuse it any more.
     *
     * @param operation its name, for the refusal
     * @throws ReadOnlyStoreException if nothing may be changed
     * @throws StoreException for this, and what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T writing(String operation, Action<T> action) throws StoreException {
        lock.writeLock().lock();
        try {
            checkOpen();
            if (fileSystem == null || readOnly) {
                throw new ReadOnlyStoreException(operation);
            }
            fileSystem.beginOperation();
            return action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Changes the file system, as {@link #writing} does.
     *
     * @throws StoreException as there
     */
    public void change(String operation, Change action) throws StoreException {
        writing(operation, () -> {
            action.run();
            return true;
        });
    }

    /**
     * Does what touches the state of handles, alone.
     *
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T alone(Action<T> action) throws StoreException {
        lock.writeLock().lock();
        try {
            checkOpen();
            if (fileSystem != null) {
                fileSystem.ensureValid();
            }
            return action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Ends the use of something that belongs to the store, which always succeeds. */
    public void release(Runnable action) {
        lock.writeLock().lock();
        try {
            action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Refuses use after the end.
     *
     * @throws IllegalStateException if the store is closed
     */
    public void requireOpen() {
        lock.readLock().lock();
        try {
            checkOpen();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether the store is closed. */
    public boolean isClosed() {
        lock.readLock().lock();
        try {
            return closed;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes the device, once, after waiting for those who use it. */
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                device.close();
            }
        } catch (DeviceException e) {
            closeFailures.accept(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }
}
