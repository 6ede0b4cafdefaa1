package dev.morgana.spi.backend;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The life of a store and who may touch it: it owns the devices, closes them once after waiting for those who use them, and
 * refuses every later use with an {@link IllegalStateException}.
 *
 * <p>Three policies come from three calls. {@linkplain #reading Readers} go beside one another and
 * {@linkplain #changing a change} goes alone: readers beside one writer. A writer that {@linkplain #preparing prepares} first,
 * beside readers, and then makes its change from within: prepare, then publish. A life that is {@linkplain #exclusive
 * exclusive} lets readers in one at a time too, in the order in which they came, for formats whose lookups take notes.
 *
 * <p>A thread may read while it changes, since new values may come from streams of the same store; a thread that
 * reads can neither change nor close the store, which is an {@link IllegalStateException} instead of a wait for itself.
 */
public final class StoreLife {
    private final List<BlockDevice> devices;
    private final Consumer<DeviceException> closeFailures;
    private final Validity validity;

    /** Held by a writer from the first to the last of what it does. Always taken before {@link #lock}. */
    private final ReentrantLock writers;

    private final ReentrantReadWriteLock lock;
    private final Lock readers;
    private volatile boolean closed;

    private StoreLife(
            List<BlockDevice> devices, Consumer<DeviceException> closeFailures, Validity validity, boolean exclusive) {
        this.devices = List.copyOf(devices);
        this.closeFailures = closeFailures;
        this.validity = validity;
        // Fair where readers exclude each other, lest some that come again and again keep a writer waiting for ever.
        this.writers = new ReentrantLock(exclusive);
        this.lock = new ReentrantReadWriteLock(exclusive);
        this.readers = exclusive ? lock.writeLock() : lock.readLock();
    }

    /**
     * The life of a store whose readers go beside one another.
     *
     * @param devices owned by the life, closed in this order
     * @param closeFailures takes what a device says against being closed, since closing a store never fails
     * @return the life
     */
    public static StoreLife shared(List<BlockDevice> devices, Consumer<DeviceException> closeFailures) {
        return new StoreLife(devices, closeFailures, Validity.ALWAYS, false);
    }

    /**
     * The life of a store whose readers go beside one another, and whose state a failed change may leave unknown.
     *
     * @param devices owned by the life, closed in this order
     * @param closeFailures takes what a device says against being closed, since closing a store never fails
     * @param validity the state in memory; asked under the lock, by every reader before it looks
     * @return the life
     */
    public static StoreLife validated(
            List<BlockDevice> devices, Consumer<DeviceException> closeFailures, Validity validity) {
        return new StoreLife(devices, closeFailures, validity, false);
    }

    /**
     * The life of a store that does one thing at a time.
     *
     * @param devices owned by the life, closed in this order
     * @param closeFailures takes what a device says against being closed, since closing a store never fails
     * @return the life
     */
    public static StoreLife exclusive(List<BlockDevice> devices, Consumer<DeviceException> closeFailures) {
        return new StoreLife(devices, closeFailures, Validity.ALWAYS, true);
    }

    /** Whether the state in memory is what is on the medium, which is unknown after a change that failed halfway. */
    public interface Validity {
        /** A state that no failure makes unknown. */
        Validity ALWAYS = new Validity() {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void restore() {
                // never asked for
            }
        };

        /**
         * Tells whether the state can be trusted. Called by many threads.
         *
         * @return whether it can
         */
        boolean isValid();

        /**
         * Reads from the medium what is there. Called alone. Once it has returned the state is valid.
         *
         * @throws StoreException if the medium is damaged or fails; the state is as unknown as before
         */
        void restore() throws StoreException;
    }

    /**
     * What is done while the store is open.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Action<T> {
        /**
         * Does it.
         *
         * @return what comes of it
         * @throws StoreException if it is refused or fails
         */
        T run() throws StoreException;
    }

    /** What is done while the store is open, and returns nothing. */
    @FunctionalInterface
    public interface Change {
        /**
         * Does it.
         *
         * @throws StoreException if it is refused or fails
         */
        void run() throws StoreException;
    }

    /**
     * Reads, beside other readers, or alone in an exclusive life.
     *
     * @param <T> what comes of it
     * @param action what is done
     * @return what comes of it
     * @throws StoreException what the action throws, or what restoring a state that is not valid throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T reading(Action<T> action) throws StoreException {
        while (true) {
            readers.lock();
            try {
                requireOpen();
                // Asked under the lock: a reader that waited for a change may come after its failure.
                if (validity.isValid()) {
                    return action.run();
                }
            } finally {
                readers.unlock();
            }
            change(this::restore);
        }
    }

    /** Several readers may have found the state invalid; the first of them restores it. */
    private void restore() throws StoreException {
        if (!validity.isValid()) {
            validity.restore();
        }
    }

    /** A thread that reads would wait for itself. */
    private void requireNoReader() {
        if (lock.getReadHoldCount() > 0 && !lock.isWriteLockedByCurrentThread()) {
            throw new IllegalStateException("a thread that reads a store can neither change nor close it");
        }
    }

    /**
     * Tells what memory holds, beside readers, whether or not the state there is valid.
     *
     * @param <T> the answer
     * @param answer gives it, and touches no device
     * @return the answer
     * @throws IllegalStateException if the store is closed
     */
    public <T> T looking(Supplier<T> answer) {
        readers.lock();
        try {
            requireOpen();
            return answer.get();
        } finally {
            readers.unlock();
        }
    }

    /**
     * Prepares a change: beside readers, and alone among writers. What readers see is changed by a call of {@link #changing} from
     * within.
     *
     * @param <T> what comes of it
     * @param action what is done
     * @return what comes of it
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T preparing(Action<T> action) throws StoreException {
        requireNoReader();
        writers.lock();
        try {
            requireOpen();
            return action.run();
        } finally {
            writers.unlock();
        }
    }

    /**
     * Makes a change, alone. Whether the state is valid is not looked at: an action that needs it restores it first.
     *
     * @param <T> what comes of it
     * @param action what is done
     * @return what comes of it
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T changing(Action<T> action) throws StoreException {
        return preparing(() -> {
            lock.writeLock().lock();
            try {
                requireOpen();
                return action.run();
            } finally {
                lock.writeLock().unlock();
            }
        });
    }

    /**
     * Makes a change, alone, as {@link #changing} does.
     *
     * @param change what is done
     * @throws StoreException what the change throws
     * @throws IllegalStateException if the store is closed
     */
    public void change(Change change) throws StoreException {
        changing(() -> {
            change.run();
            return true;
        });
    }

    /**
     * Gives back, alone, something that belongs to the store; also after the end.
     *
     * @param action what always succeeds
     */
    public void releasing(Runnable action) {
        requireNoReader();
        lock.writeLock().lock();
        try {
            action.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Refuses use after the end. Waits for nobody, so that whoever holds a lock of its own may ask.
     *
     * @throws IllegalStateException if the store is closed
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }

    /**
     * Tells whether the store was closed. Waits for nobody.
     *
     * @return whether it was
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the devices, once, after waiting for those who use them.
     *
     * @throws IllegalStateException if this thread is reading the store
     */
    public void close() {
        requireNoReader();
        writers.lock();
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                devices.forEach(this::close);
            }
        } finally {
            lock.writeLock().unlock();
            writers.unlock();
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
