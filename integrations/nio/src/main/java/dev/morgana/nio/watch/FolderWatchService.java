package dev.morgana.nio.watch;

import dev.morgana.nio.tree.ChangeListener;
import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.key.Key;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Watches folders of one tree. Safe for use by many threads. */
public final class FolderWatchService implements WatchService {
    private static final Set<WatchEvent.Kind<?>> KNOWN = Set.of(
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.OVERFLOW);

    private final Tree tree;
    private final ChangeListener listener = this::changed;
    private final List<FolderWatch> watches = new CopyOnWriteArrayList<>();
    private final Deque<FolderWatch> ready = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean closed;

    /** A service that watches nothing yet. */
    public FolderWatchService(Tree tree) {
        this.tree = tree;
        tree.addListener(listener);
    }

    /**
     * Watches a folder, or changes what is watched for.
     *
     * @param path the folder for those who ask
     * @param names the name of a child for those who ask
     */
    public WatchKey register(Key folder, Path path, Function<Key, Path> names, WatchEvent.Kind<?>... kinds) {
        requireOpen();
        Set<WatchEvent.Kind<?>> asked = new HashSet<>(List.of(kinds));
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("No events to register");
        }
        for (WatchEvent.Kind<?> kind : asked) {
            if (!KNOWN.contains(kind)) {
                throw new UnsupportedOperationException(kind.name());
            }
        }
        for (FolderWatch watch : watches) {
            if (watch.isOf(folder) && watch.isValid()) {
                watch.watchFor(asked);
                return watch;
            }
        }
        FolderWatch watch = new FolderWatch(folder, path, asked, names, this::enqueue, watches::remove);
        watches.add(watch);
        return watch;
    }

    private void changed(ChangeListener.Change change, Key key) {
        for (FolderWatch watch : watches) {
            if (!key.isRoot() && watch.isOf(key.parent())) {
                watch.changed(change, key);
            }
        }
    }

    private void enqueue(FolderWatch watch) {
        lock.lock();
        try {
            ready.add(watch);
            moved.signal();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedWatchServiceException();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable WatchKey poll() {
        requireOpen();
        lock.lock();
        try {
            return ready.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (!closed && ready.isEmpty() && left > 0) {
                left = moved.awaitNanos(left);
            }
            requireOpen();
            return ready.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public WatchKey take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && ready.isEmpty()) {
                moved.await();
            }
            requireOpen();
            return ready.remove();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        tree.removeListener(listener);
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        List.copyOf(watches).forEach(FolderWatch::cancel);
    }
}
