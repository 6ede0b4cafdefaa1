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
    /** What an open file needs of the tree that it is in. */
    interface Surroundings {
        /** Refuses a size that no file can have. */
        void checkSize(Key key, long size) throws IOException;

        /** Told that a file was written. */
        void written(Key key);

        /** Told that the content of a file went into the store. */
        void published(Key key) throws IOException;
    }

    private final Object lock;
    private final Draft draft;
    private final Surroundings tree;
    private Key key;
    private int users;
    private boolean removed;

    OpenFile(Object lock, Key key, Draft draft, Surroundings tree) {
        this.lock = lock;
        this.key = key;
        this.draft = draft;
        this.tree = tree;
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
                tree.checkSize(key, position + source.remaining());
                draft.write(key, position, source);
                changed();
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
                tree.checkSize(key, size);
                draft.resize(key, size);
            }
            changed();
        }
    }

    private void changed() {
        if (!removed) {
            tree.written(key);
        }
    }

    /** Makes durable what was written. A file without a name has nothing to keep. */
    public void sync() throws IOException {
        synchronized (lock) {
            if (draft.isChanged() && !removed) {
                draft.publish(key);
                tree.published(key);
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
