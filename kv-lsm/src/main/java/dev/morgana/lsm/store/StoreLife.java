package dev.morgana.lsm.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The life of a store, and whose turn it is to write: one write transaction at a time, nobody after the store was closed. */
final class StoreLife {
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final Semaphore turn = new Semaphore(1, true);
    private final BlockDevice device;
    private final Consumer<DeviceException> closeFailures;
    private volatile @Nullable Thread writer;
    private boolean closed;

    /** A life with a device; closing never fails, so a failure of the device goes to the consumer. */
    StoreLife(BlockDevice device, Consumer<DeviceException> closeFailures) {
        this.device = device;
        this.closeFailures = closeFailures;
    }

    /** What is done while the store is open. */
    interface Action<T> {
        T run() throws StoreException;
    }

    /** Does something that close waits for. Fails with {@link IllegalStateException} if the store is closed. */
    <T> T using(Action<T> action) throws StoreException {
        open.readLock().lock();
        try {
            checkOpen();
            return action.run();
        } finally {
            open.readLock().unlock();
        }
    }

    /** Writes, after waiting for the write transaction under way. */
    <T> T writing(Action<T> action) throws StoreException {
        takeTurn();
        try {
            return using(action);
        } finally {
            endTurn();
        }
    }

    /** Waits for the turn to write; whoever takes it ends it, in any thread. */
    void takeTurn() {
        if (writer == Thread.currentThread()) {
            throw new IllegalStateException("this thread has a write transaction open already");
        }
        requireOpen();
        turn.acquireUninterruptibly();
        writer = Thread.currentThread();
    }

    void endTurn() {
        writer = null;
        turn.release();
    }

    /** Refuses use after the end. */
    void requireOpen() {
        open.readLock().lock();
        try {
            checkOpen();
        } finally {
            open.readLock().unlock();
        }
    }

    /** Closes the device, once, after waiting for those who use it. */
    void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                device.close();
            }
        } catch (DeviceException e) {
            closeFailures.accept(e);
        } finally {
            open.writeLock().unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }
}
