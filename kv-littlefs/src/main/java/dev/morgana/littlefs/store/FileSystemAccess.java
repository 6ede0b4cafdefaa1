package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who may touch a mounted file system: readers beside one another, or one thread that changes it or the state of open files.
 * Every change begins an operation of the file system, unless it is refused because nothing may be changed.
 */
public final class FileSystemAccess {
    private final FileSystem fileSystem;
    private final boolean readOnly;
    private final StoreLife life;

    /**
     * The access to a file system that was just mounted, which owns its device.
     *
     * @param readOnly whether every change is refused
     * @param closeFailures takes what the device says against being closed
     */
    public FileSystemAccess(FileSystem fileSystem, boolean readOnly, Consumer<DeviceException> closeFailures) {
        this.fileSystem = fileSystem;
        this.readOnly = readOnly;
        this.life = StoreLife.validated(
                List.of(fileSystem.volume().blocks().device()), closeFailures, new StoreLife.Validity() {
                    @Override
                    public boolean isValid() {
                        return fileSystem.isValid();
                    }

                    @Override
                    public void restore() throws StoreException {
                        fileSystem.ensureValid();
                    }
                });
    }

    /** The life of the store, for those who only read or ask whether it is over. */
    public StoreLife life() {
        return life;
    }

    /** Whether every change is refused. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /**
     * Changes the file system, alone. The action finishes what an interrupted writer left half done, by
     * {@link FileSystem#repair()}, once nothing can refuse it any more.
     *
     * @param operation its name, for the refusal
     * @throws ReadOnlyStoreException if nothing may be changed
     * @throws StoreException for this, and what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T writing(String operation, StoreLife.Action<T> action) throws StoreException {
        return life.changing(() -> {
            if (readOnly) {
                throw new ReadOnlyStoreException(operation);
            }
            fileSystem.beginOperation();
            return action.run();
        });
    }

    /**
     * Changes the file system, as {@link #writing} does.
     *
     * @throws StoreException as there
     */
    public void change(String operation, StoreLife.Change action) throws StoreException {
        writing(operation, () -> {
            action.run();
            return true;
        });
    }

    /**
     * Does what touches the state of open files and directories, alone.
     *
     * @throws StoreException what the action throws
     * @throws IllegalStateException if the store is closed
     */
    public <T> T alone(StoreLife.Action<T> action) throws StoreException {
        return life.changing(() -> {
            fileSystem.ensureValid();
            return action.run();
        });
    }
}
