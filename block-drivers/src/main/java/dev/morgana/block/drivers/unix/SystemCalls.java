package dev.morgana.block.drivers.unix;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The calls of {@link Libc} with errors by name. Calls that a signal interrupted are made again. */
final class SystemCalls {
    private static final int F_FULLFSYNC = 51;
    static final int SEEK_END = 2;

    private final Libc libc;
    private final IntSupplier lastError;
    private final Platform platform;

    /** The library and what tells the {@code errno} of this thread's last call. */
    SystemCalls(Libc libc, IntSupplier lastError, Platform platform) {
        this.libc = libc;
        this.lastError = lastError;
        this.platform = platform;
    }

    Platform platform() {
        return platform;
    }

    int open(String path, int flags) throws CallException {
        return (int) checked("open", () -> libc.open(path, flags | platform.closeOnExec, 0));
    }

    /** Not made again when interrupted: the descriptor is gone all the same. */
    void close(int descriptor) throws CallException {
        if (libc.close(descriptor) == -1 && lastError.getAsInt() != Errno.EINTR.number(platform)) {
            throw new CallException(platform, "close", lastError.getAsInt());
        }
    }

    /** Fills a direct buffer from its position to its limit. */
    void read(int descriptor, long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            long at = next;
            int count = (int) checked("pread", () -> libc.pread(descriptor, target, target.remaining(), at));
            if (count == 0) {
                throw new EOFException("pread: the medium ends at " + at);
            }
            target.position(target.position() + count);
            next += count;
        }
    }

    /** Writes a direct buffer from its position to its limit. */
    void write(int descriptor, long position, ByteBuffer source) throws IOException {
        long next = position;
        while (source.hasRemaining()) {
            long at = next;
            int count = (int) checked("pwrite", () -> libc.pwrite(descriptor, source, source.remaining(), at));
            if (count == 0) {
                throw new EOFException("pwrite: the medium takes nothing at " + at);
            }
            source.position(source.position() + count);
            next += count;
        }
    }

    /** Makes everything durable: on macOS only a command of its own reaches the medium itself. */
    void sync(int descriptor) throws CallException {
        if (platform == Platform.MACOS) {
            ByteBuffer unused = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
            checked("fcntl(F_FULLFSYNC)", () -> libc.fcntl(descriptor, F_FULLFSYNC, unused));
        } else {
            checked("fdatasync", () -> libc.fdatasync(descriptor));
        }
    }

    /** The position of the end: the size of a file, and of a block device too. */
    long end(int descriptor) throws CallException {
        return checked("lseek", () -> libc.lseek(descriptor, 0, SEEK_END));
    }

    void truncate(int descriptor, long length) throws CallException {
        checked("ftruncate", () -> libc.ftruncate(descriptor, length));
    }

    /** Locks the whole file for everybody else, or fails with EAGAIN. */
    void lock(int descriptor, boolean shared) throws CallException {
        ByteBuffer lock = FileLockStructure.wholeFile(platform, shared ? platform.readLock : platform.writeLock);
        checked("fcntl(F_OFD_SETLK)", () -> libc.fcntl(descriptor, platform.setOpenFileLock, lock));
    }

    /**
     * Gives back a lock of a file, and closes it. Closing alone is not enough: a process that another thread is just starting has
     * a copy of the descriptor until it runs its own program, and the lock lasts as long as the last copy.
     */
    void unlockAndClose(int descriptor) throws CallException {
        ByteBuffer none = FileLockStructure.wholeFile(platform, Platform.NO_LOCK);
        try {
            checked("fcntl(F_OFD_SETLK)", () -> libc.fcntl(descriptor, platform.setOpenFileLock, none));
        } finally {
            close(descriptor);
        }
    }

    /** A request whose structure is given and filled. */
    int control(int descriptor, ControlRequest request, ByteBuffer argument) throws CallException {
        return (int) checked("ioctl(" + request + ")", () -> libc.ioctl(descriptor, request.number(), argument));
    }

    private long checked(String name, LongSupplier call) throws CallException {
        long result = call.getAsLong();
        while (result == -1 && lastError.getAsInt() == Errno.EINTR.number(platform)) {
            result = call.getAsLong();
        }
        if (result == -1) {
            throw new CallException(platform, name, lastError.getAsInt());
        }
        return result;
    }
}
