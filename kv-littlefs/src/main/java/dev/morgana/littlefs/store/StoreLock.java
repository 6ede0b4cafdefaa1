package dev.morgana.littlefs.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/** The life of a store and who may touch it: many readers at a time, nobody after it was closed. */
final class StoreLock {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final BlockDevice device;
    private final Consumer<DeviceException> closeFailures;
    private boolean closed;

    /** A lock around a store that owns its device; closing never fails, so a failure of the device goes to the consumer. */
    StoreLock(BlockDevice device, Consumer<DeviceException> closeFailures) {
        this.device = device;
        this.closeFailures = closeFailures;
    }

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws StoreException;
    }

    /**
     * Reads, beside other readers.
     *
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    <T> T reading(Action<T> action) throws StoreException {
        lock.readLock().lock();
        try {
            checkOpen();
            return action.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Refuses use after the end.
     *
     * @throws IllegalStateException if the store is closed
     */
    void requireOpen() {
        lock.readLock().lock();
        try {
            checkOpen();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Closes the device, once, after waiting for those who use it. */
    void close() {
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
