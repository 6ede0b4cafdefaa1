package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.unix.OpenFileLock;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceLockedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One open file and its lock. All its users go through one descriptor, one at a time, so that seeking and reading are one
 * step.
 */
final class OpenFile {
    private static final long UNKNOWN = -1;

    private final String name;
    private final boolean readOnly;
    private final RandomAccessFile file;
    /** Kept here, because the JVM forgets a lock that nobody refers to. */
    private final @Nullable Closeable lock;

    /** Where the file stands, so that what follows on the last request needs no call to go there. */
    private long at = UNKNOWN;

    private BlankParts blank = BlankParts.none();

    private OpenFile(String name, boolean readOnly, RandomAccessFile file, @Nullable Closeable lock) {
        this.name = name;
        this.readOnly = readOnly;
        this.file = file;
        this.lock = lock;
    }

    static OpenFile open(String name, Path path, boolean readOnly, Locking locking) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), readOnly ? "r" : "rw");
        boolean opened = false;
        try {
            Closeable lock = locking == Locking.ON ? lock(name, path, readOnly, file) : null;
            opened = true;
            return new OpenFile(name, readOnly, file, lock);
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /**
     * Locks by a descriptor where that can be, since a lock of the process is lost with any descriptor of the file that it
     * closes. The lock of the process comes first: it tells whether this process has one already.
     */
    private static Closeable lock(String name, Path path, boolean readOnly, RandomAccessFile file) throws IOException {
        FileLock first = lockOfProcess(name, path, readOnly, file);
        if (!OpenFileLock.isAvailable()) {
            return first::release;
        }
        first.release(); // the two kinds keep each other out, even within one process
        try {
            return OpenFileLock.take(path, readOnly);
        } catch (OpenFileLock.HeldException e) {
            throw new DeviceLockedException(name, LockOwner.of(path));
        } catch (IOException e) {
            return lockOfProcess(name, path, readOnly, file)::release; // a file system that has only these
        }
    }

    /** Trying to lock is no blocking operation, so that the channel stays open even under an interrupt. */
    private static FileLock lockOfProcess(String name, Path path, boolean readOnly, RandomAccessFile file)
            throws IOException {
        FileLock lock;
        try {
            lock = file.getChannel().tryLock(0, Long.MAX_VALUE, readOnly);
        } catch (OverlappingFileLockException e) {
            throw new DeviceLockedException(name, "this JVM, which locked the file by other means");
        } catch (IOException e) {
            throw new DeviceIoException(
                    name, "cannot lock the file: " + e.getMessage() + "; lock=off opens it without", 0, 0, e);
        }
        if (lock == null) {
            throw new DeviceLockedException(name, LockOwner.of(path));
        }
        return lock;
    }

    /** The name of the device that opened it first. */
    String name() {
        return name;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    /** Goes to a position, if it is not there. Only while holding this object's monitor, like all that follow. */
    void seek(long position) throws IOException {
        assert Thread.holdsLock(this);
        if (at != position) {
            file.seek(position);
            at = position;
        }
    }

    /** Reads on; -1 at the end of the file. */
    int read(byte[] target, int offset, int length) throws IOException {
        long before = at;
        at = UNKNOWN;
        int count = file.read(target, offset, length);
        at = before + Math.max(count, 0);
        return count;
    }

    /** Writes on. */
    void write(byte[] source, int offset, int length) throws IOException {
        long before = at;
        at = UNKNOWN;
        file.write(source, offset, length);
        at = before + length;
    }

    /** What need not be erased. */
    BlankParts blank() {
        assert Thread.holdsLock(this);
        return blank;
    }

    /** Takes note that the whole file has one value, and that nobody else writes it. */
    void wasFilledWith(byte value) {
        assert Thread.holdsLock(this);
        blank = BlankParts.filledWith(value);
    }

    long length() throws IOException {
        return file.length();
    }

    void setLength(long length) throws IOException {
        file.setLength(length);
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    void close() throws IOException {
        try (file) {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
