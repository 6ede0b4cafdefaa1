package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.block.drivers.RequestedGeometry;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceLockedException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Makes devices over regular files. A file holds the bytes of the device from its first byte on, and nothing else. Programs
 * overwrite whatever was there. {@code sync} asks the operating system to bring the file to its medium.
 *
 * <p>The file is locked as long as the device is open: by a writer alone, by readers together, against other processes and
 * within this JVM, under whatever path or link. Another process is kept out only if it asks for locks, as Morgana does. The
 * locks of a process vanish when any part of it closes the same file, so do not read an image by other means while a device
 * has it open.
 */
public final class FileDevice {
    private FileDevice() {}

    /**
     * Opens an existing file for reading and writing; the geometry covers the whole file with blocks of 4096 bytes, or of the
     * largest power of two that divides its size.
     *
     * @param path the file
     * @return the device
     * @throws StoreException as {@link #open(Path, AccessMode, Options)} does
     */
    public static BlockDevice open(Path path) throws StoreException {
        return open(path, AccessMode.READ_WRITE, Options.none());
    }

    /**
     * Opens an existing file for reading; the geometry is that of {@link #open(Path)}.
     *
     * @param path the file
     * @return the device
     * @throws StoreException as {@link #open(Path, AccessMode, Options)} does
     */
    public static BlockDevice openReadOnly(Path path) throws StoreException {
        return open(path, AccessMode.READ_ONLY, Options.none());
    }

    /**
     * Opens a file for reading and writing, and makes it, erased, if it does not exist. One that exists stays as it is and
     * must be at least as large as the geometry.
     *
     * @param path the file
     * @param geometry its geometry, of at least one block
     * @return the device
     * @throws StoreException as {@link #open(Path, AccessMode, Options)} does
     */
    public static BlockDevice create(Path path, Geometry geometry) throws StoreException {
        return open(path, AccessMode.CREATE, GeometryOptions.of(geometry));
    }

    /**
     * Opens a file as the driver {@code file} does, with its options. A file larger than the size asked for is no error; the
     * bytes behind it are out of reach. A file that has to be made is filled with the erased value, and is durable when this
     * method returns; erased to zeros, or undefined, it takes no room on the disk until it is written. A process that is
     * killed on the way leaves a file that is too short.
     *
     * @param path the file, in the default file system
     * @param mode what for
     * @param options values for {@link FileDriver#options()}
     * @return the device
     * @throws InvalidOptionException if an option is wrong, the file is smaller than the size asked for, or it has to be made
     *     and the size is missing
     * @throws DeviceLockedException if the file is open already; names the owner as far as it can be found out
     * @throws DeviceIoException if the file does not exist, is empty, is no regular file, or cannot be opened, locked or made;
     *     a file made half is removed
     * @throws StoreException for any of these
     * @throws IllegalArgumentException if the path is not of the default file system
     */
    public static BlockDevice open(Path path, AccessMode mode, Options options) throws StoreException {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException(
                    "path is of " + path.getFileSystem().provider() + ": " + path);
        }
        options.check(FileDriver.OPTIONS);
        String name = "file:" + path;
        return new FileOpening(
                        name,
                        path,
                        mode,
                        RequestedGeometry.of(options),
                        options.get(FileDriver.LOCK),
                        options.get(FileDriver.SYNC))
                .open();
    }
}
