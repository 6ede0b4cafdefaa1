package dev.morgana.block.drivers.unix;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A lock on a file that belongs to a descriptor of its own, and so is held until it is closed. The lock of a
 * {@link java.nio.channels.FileChannel} belongs to the process: on Linux and macOS it is gone as soon as anything in this JVM
 * opens the file otherwise and closes it again. Both kinds keep each other out.
 */
public final class OpenFileLock implements Closeable {
    /** The file is locked by somebody else. */
    public static final class HeldException extends IOException {
        private static final long serialVersionUID = 1;

        private HeldException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final SystemCalls calls;
    private final int descriptor;

    private OpenFileLock(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /**
     * Tells whether there are such locks here: on Linux and macOS, with jnr-ffi.
     *
     * @return whether {@link #take} can be called
     */
    public static boolean isAvailable() {
        return Platform.running().isPresent() && LoadedLibc.failure().isEmpty();
    }

    /**
     * Locks a file. While this fails, it may drop what locks this process has on it.
     *
     * @param path the file
     * @param shared whether others may lock it for reading too
     * @return the lock
     * @throws HeldException if somebody else has locked it
     * @throws IOException for this, or if the file cannot be opened or locked
     */
    public static OpenFileLock take(Path path, boolean shared) throws IOException {
        SystemCalls calls = LoadedLibc.calls();
        int descriptor = calls.open(path.toString(), shared ? Platform.O_RDONLY : Platform.O_RDWR);
        try {
            calls.lock(descriptor, shared);
            return new OpenFileLock(calls, descriptor);
        } catch (CallException e) {
            calls.close(descriptor);
            throw e.is(calls.platform(), Errno.EAGAIN) ? new HeldException(e) : e;
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        calls.unlockAndClose(descriptor);
    }
}
