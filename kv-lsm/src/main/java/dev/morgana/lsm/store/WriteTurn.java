package dev.morgana.lsm.store;

import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Whose turn it is to write: one write transaction at a time, which may end in another thread than it began in. */
final class WriteTurn {
    private final StoreLife life;
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable Thread writer;

    WriteTurn(StoreLife life) {
        this.life = life;
    }

    /** Writes, after waiting for the write transaction under way. */
    <T> T writing(StoreLife.Action<T> action) throws StoreException {
        take();
        try {
            return life.reading(action);
        } finally {
            end();
        }
    }

    /** Writes, as {@link #writing} does. */
    void write(StoreLife.Change change) throws StoreException {
        writing(() -> {
            change.run();
            return true;
        });
    }

    /** Waits for the turn to write; whoever takes it ends it, in any thread. */
    void take() {
        if (writer == Thread.currentThread()) {
            throw new IllegalStateException("this thread has a write transaction open already");
        }
        life.requireOpen();
        turn.acquireUninterruptibly();
        writer = Thread.currentThread();
    }

    void end() {
        writer = null;
        turn.release();
    }
}
