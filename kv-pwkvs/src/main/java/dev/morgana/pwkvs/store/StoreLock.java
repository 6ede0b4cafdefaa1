package dev.morgana.pwkvs.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The life of a store and whose turn it is: one at a time, since even a lookup takes note of damage; nobody after the end. */
final class StoreLock {
    /** Fair, lest readers that come again and again keep a writer waiting for ever. */
    private final ReentrantLock lock = new ReentrantLock(true);

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

    /** Works alone; {@link IllegalStateException} if the store is closed. */
    <T> T holding(Action<T> action) throws StoreException {
        lock.lock();
        try {
            checkOpen();
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses use after the end, with {@link IllegalStateException}. */
    void requireOpen() {
        lock.lock();
        try {
            checkOpen();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the device, once, after waiting for those who use it. */
    void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                device.close();
            }
        } catch (DeviceException e) {
            closeFailures.accept(e);
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }
}
