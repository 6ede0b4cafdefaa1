package dev.morgana.nio.tree;

import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that somebody has open. All who have it open share one content, so that each sees at once what another one writes; the
 * store gets it by {@link #sync()}, as a whole. The file follows its name through moves, and lives on without one until the last
 * user is gone. Safe for use by many threads, which take turns under the lock of the tree.
 */
public final class OpenFile {
    /** Told where a file was when its content went into the store. */
    @FunctionalInterface
    interface Published {
        void at(Key key) throws IOException;
    }

    private final Object lock;
    private final Draft draft;
    private final Published published;
    private Key key;
    private int users;
    private boolean removed;

    OpenFile(Object lock, Key key, Draft draft, Published published) {
        this.lock = lock;
        this.key = key;
        this.draft = draft;
        this.published = published;
    }

    /** Where the file is, or was when it was removed. */
    public Key key() {
        synchronized (lock) {
            return key;
        }
    }

    /** Reads from a position, as much as there is room for; 0 at and past the end. */
    public int read(long position, ByteBuffer target) throws IOException {
        synchronized (lock) {
            return target.hasRemaining() ? draft.read(key, position, target) : 0;
        }
    }

    /** Writes at a position; a gap before it reads as zeros. */
    public void write(long position, ByteBuffer source) throws IOException {
        synchronized (lock) {
            if (source.hasRemaining()) {
                draft.write(key, position, source);
            }
        }
    }

    /** Writes at the end, and returns where that is then. */
    public long append(ByteBuffer source) throws IOException {
        synchronized (lock) {
            write(size(), source);
            return size();
        }
    }

    /** The size in bytes, with what was written. */
    public long size() throws IOException {
        synchronized (lock) {
            return draft.size(key);
        }
    }

    /** Cuts the file off, or makes it longer by zeros. */
    public void resize(long size) throws IOException {
        synchronized (lock) {
            if (size != size()) {
                draft.resize(key, size);
            }
        }
    }

    /** Makes durable what was written. A file without a name has nothing to keep. */
    public void sync() throws IOException {
        synchronized (lock) {
            if (draft.isChanged() && !removed) {
                draft.publish(key);
                published.at(key);
            }
        }
    }

    void addUser(boolean writes) throws IOException {
        if (writes) {
            draft.makeWritable(key);
        }
        users++;
    }

    /** Whether that was the last user; what was not published is then given up. */
    boolean removeUser() {
        users--;
        if (users == 0) {
            draft.discard();
        }
        return users == 0;
    }

    boolean isRemoved() {
        return removed;
    }

    void hold() throws IOException {
        draft.hold(key);
    }

    void markRemoved() {
        removed = true;
    }

    void movedTo(Key target) {
        key = target;
    }
}
