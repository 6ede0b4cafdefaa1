package dev.morgana.nio.channel;

import dev.morgana.nio.tree.OpenFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The locks on the files of one file system. No other process has the image open, so that they are there for those who share this
 * file system, and a lock is never waited for. Safe for use by many threads.
 */
public final class FileLocks {
    private final Map<OpenFile, List<FileLock>> held = new HashMap<>();

    synchronized FileLock lock(FileChannel channel, OpenFile file, long from, long size, boolean shared) {
        List<FileLock> locks = held.computeIfAbsent(file, key -> new ArrayList<>());
        if (locks.stream().anyMatch(lock -> lock.overlaps(from, size))) {
            throw new OverlappingFileLockException();
        }
        FileLock lock = new Held(channel, from, size, shared);
        locks.add(lock);
        return lock;
    }

    /** Lets go of everything that a channel holds. */
    synchronized void release(FileChannel channel) {
        held.values().forEach(locks -> locks.removeIf(lock -> lock.acquiredBy() == channel));
        held.values().removeIf(List::isEmpty);
    }

    private synchronized boolean holds(FileLock lock) {
        return held.values().stream().anyMatch(locks -> locks.contains(lock));
    }

    private synchronized void release(FileLock lock) {
        held.values().forEach(locks -> locks.remove(lock));
    }

    private final class Held extends FileLock {
        Held(FileChannel channel, long from, long size, boolean shared) {
            super(channel, from, size, shared);
        }

        @Override
        public boolean isValid() {
            return acquiredBy().isOpen() && holds(this);
        }

        @Override
        public void release() throws IOException {
            if (!acquiredBy().isOpen()) {
                throw new ClosedChannelException();
            }
            FileLocks.this.release(this);
        }
    }
}
