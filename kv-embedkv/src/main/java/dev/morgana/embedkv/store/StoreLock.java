package dev.morgana.embedkv.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * The life of a store and who may touch it: many readers, one writer, nobody after it was closed. A writer has two phases:
 * while it prepares, readers go on; while it publishes, they wait.
 */
final class StoreLock {
    /** Held by a writer from the first to the last of what it does. Always taken before the other one. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantReadWriteLock publishing = new ReentrantReadWriteLock();
    private final List<BlockDevice> devices;
    private final Consumer<DeviceException> closeFailures;
    private volatile boolean closed;

    /** A lock around a store that owns its devices; closing never fails, so a failure of one goes to the consumer. */
    StoreLock(List<BlockDevice> devices, Consumer<DeviceException> closeFailures) {
        this.devices = List.copyOf(devices);
        this.closeFailures = closeFailures;
    }

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws StoreException;
    }

    /** Reads, beside other readers. Fails with {@link IllegalStateException} if the store is closed. */
    <T> T reading(Action<T> action) throws StoreException {
        publishing.readLock().lock();
        try {
            requireOpen();
            return action.run();
        } finally {
            publishing.readLock().unlock();
        }
    }

    /** Prepares a change, beside readers. Fails with {@link IllegalStateException} if the store is closed. */
    <T> T writing(Action<T> action) throws StoreException {
        writing.lock();
        try {
            requireOpen();
            return action.run();
        } finally {
            writing.unlock();
        }
    }

    /** Makes a change, alone. Fails with {@link IllegalStateException} if the store is closed. */
    <T> T publishing(Action<T> action) throws StoreException {
        return writing(() -> {
            publishing.writeLock().lock();
            try {
                requireOpen();
                return action.run();
            } finally {
                publishing.writeLock().unlock();
            }
        });
    }

    /** Refuses use after the end. It waits for nobody, so that whoever holds a lock of its own may ask. */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }

    /** Closes the devices, once, after waiting for those who use them. */
    void close() {
        writing.lock();
        publishing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                devices.forEach(this::close);
            }
        } finally {
            publishing.writeLock().unlock();
            writing.unlock();
        }
    }

    private void close(BlockDevice device) {
        try {
            device.close();
        } catch (DeviceException e) {
            closeFailures.accept(e);
        }
    }
}
