package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.MediumDevice;
import dev.morgana.block.drivers.RequestedGeometry;
import dev.morgana.block.drivers.host.DirectoryEntry;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a file as a device. A failure leaves nothing open or locked, an existing file as it was, and no file
 * where there was none.
 *
 * @param name the device's name
 * @param path the file
 * @param mode what for
 * @param wanted what the options say about the geometry
 * @param locking whether to lock the file
 * @param syncing when the file is brought to its medium
 */
record FileOpening(
        String name, Path path, AccessMode mode, RequestedGeometry wanted, Locking locking, Syncing syncing) {
    BlockDevice open() throws StoreException {
        try {
            return mode == AccessMode.CREATE && !Files.exists(path) ? create() : existing();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw failure(
                    "cannot open it: " + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage()),
                    e);
        }
    }

    private BlockDevice existing() throws IOException {
        checkRegular();
        OpenFile file = OpenFiles.acquire(name, path, mode == AccessMode.READ_ONLY, locking);
        try {
            return device(file, geometry(file.length()));
        } catch (Throwable e) {
            undo(() -> OpenFiles.release(file), e);
            throw e;
        }
    }

    /** Before anything is opened: opening a pipe would wait, and a device file is the business of another driver. */
    private void checkRegular() throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw failure(Files.isSymbolicLink(path) ? "it is a symbolic link to nothing" : "there is no such file", e);
        }
        if (!attributes.isRegularFile()) {
            String found = attributes.isDirectory() ? "a directory" : "not a regular file";
            throw failure("it is " + found + ", must be a regular file", null);
        }
    }

    private Geometry geometry(long length) throws StoreException {
        if (length == 0) {
            throw failure("the file is empty, so that it holds no image", null);
        }
        Geometry geometry = wanted.over(length);
        if (geometry.sizeBytes() > length) {
            throw new InvalidOptionException(
                    "size", geometry.sizeBytes() + " bytes are more than " + path + " has, which is " + length);
        }
        return geometry;
    }

    private BlockDevice create() throws IOException {
        Geometry geometry = wanted.over(wanted.size()
                .orElseThrow(() ->
                        new InvalidOptionException("size", "is needed to make " + path + "; size=1MiB would do")));
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            return existing(); // somebody else was faster, or it is a symbolic link to nothing
        } catch (NoSuchFileException e) {
            throw failure("its directory does not exist; make it first", e);
        }
        try {
            return erased(geometry);
        } catch (Throwable e) {
            undo(() -> Files.deleteIfExists(path), e);
            throw e;
        }
    }

    private BlockDevice erased(Geometry geometry) throws IOException {
        OpenFile file = OpenFiles.acquire(name, path, false, locking);
        try {
            fill(file, geometry);
            if (syncing == Syncing.EACH) {
                file.sync();
                DirectoryEntry.sync(path);
            }
            return device(file, geometry);
        } catch (Throwable e) {
            undo(() -> OpenFiles.release(file), e);
            throw e;
        }
    }

    /** Ones are really written: they are what a programmer would put on the flash. Zeros are what a hole of the file reads. */
    private void fill(OpenFile file, Geometry geometry) throws IOException {
        long size = geometry.sizeBytes();
        OptionalInt value = geometry.erased().byteValue();
        try {
            synchronized (file) {
                if (value.orElse(0) == 0) {
                    file.setLength(size);
                } else {
                    new FileMedium(name, file, size, syncing).fill(0, size, (byte) value.getAsInt());
                }
                if (locking == Locking.ON && value.isPresent()) {
                    file.wasFilledWith((byte) value.getAsInt());
                }
            }
        } catch (IOException e) {
            throw new DeviceIoException(name, "cannot make the file: " + e.getMessage(), 0, size, e);
        }
    }

    private BlockDevice device(OpenFile file, Geometry geometry) {
        return MediumDevice.over(new FileMedium(name, file, geometry.sizeBytes(), syncing), geometry, mode);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void undo(Step step, Throwable reason) {
        try {
            step.run();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private DeviceIoException failure(String reason, @Nullable Throwable cause) {
        return new DeviceIoException(name, reason, 0, 0, cause);
    }
}
