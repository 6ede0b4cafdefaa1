package dev.morgana.block.drivers.mem;

import dev.morgana.block.drivers.MediumDevice;
import dev.morgana.block.drivers.RequestedGeometry;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes devices in memory. Programs overwrite whatever was there. Memory is taken in chunks of 16 KiB when they are first
 * programmed, and given back when they are erased whole; a device of 64 GiB needs no more heap than what is written to it.
 *
 * <p>Before anything is written every byte reads as erased; as zero if the erased state is undefined. Nothing survives the
 * device but what a {@linkplain MemDriver#SNAPSHOT snapshot} keeps.
 */
public final class MemDevice {
    private MemDevice() {}

    /**
     * An erased device on the Java heap.
     *
     * @param geometry its geometry
     * @return the device
     */
    public static BlockDevice heap(Geometry geometry) {
        return erased(geometry, MemoryKind.HEAP);
    }

    /**
     * An erased device in direct buffers.
     *
     * @param geometry its geometry
     * @return the device
     */
    public static BlockDevice direct(Geometry geometry) {
        return erased(geometry, MemoryKind.DIRECT);
    }

    private static BlockDevice erased(Geometry geometry, MemoryKind kind) {
        MemMedium medium = new MemMedium(memory(geometry, kind), null);
        return MediumDevice.over(medium, geometry, AccessMode.CREATE);
    }

    /**
     * Opens a device as the driver {@code mem} does, with its options. A {@linkplain MemDriver#SNAPSHOT snapshot} that exists
     * is loaded; it must be as large as the device. One that does not exist yet is an error only with
     * {@link AccessMode#READ_ONLY}; otherwise the device begins erased. What was written is saved by {@code sync} and by
     * {@code close}, each time the whole image, through a new file that takes the place of the old one. Nothing locks the
     * snapshot: of two devices that were given the same, the last one to save wins.
     *
     * @param mode {@link AccessMode#READ_ONLY} refuses programs and erases; the others are alike
     * @param options values for {@link MemDriver#options()}
     * @return the device
     * @throws InvalidOptionException if an option is wrong, the size is missing, or it is not the snapshot's
     * @throws DeviceIoException if the snapshot cannot be read, or its folder does not exist
     * @throws StoreException for any of these
     */
    public static BlockDevice open(AccessMode mode, Options options) throws StoreException {
        options.check(MemDriver.OPTIONS);
        Optional<String> path = options.optional(MemDriver.SNAPSHOT);
        Snapshot snapshot = path.isPresent() ? snapshot(path.get(), mode) : null;
        RequestedGeometry wanted = RequestedGeometry.of(options);
        MemoryKind kind = options.get(MemDriver.MEMORY);
        if (snapshot == null || !snapshot.exists()) {
            Geometry geometry = wanted.over(wanted.size().orElseThrow(MemDevice::noSize));
            return MediumDevice.over(new MemMedium(memory(geometry, kind), snapshot), geometry, mode);
        }
        try {
            Geometry geometry = geometry(wanted, Files.size(snapshot.file()));
            SparseMemory memory = memory(geometry, kind);
            snapshot.load(memory);
            return MediumDevice.over(new MemMedium(memory, snapshot), geometry, mode);
        } catch (IOException e) {
            throw e instanceof StoreException known
                    ? known
                    : unreadable(path.get(), "cannot read it: " + e.getMessage(), e);
        }
    }

    private static SparseMemory memory(Geometry geometry, MemoryKind kind) {
        return new SparseMemory(
                geometry.sizeBytes(), kind, (byte) geometry.erased().byteValue().orElse(0));
    }

    private static Snapshot snapshot(String path, AccessMode mode) throws StoreException {
        try {
            Snapshot snapshot = Snapshot.at(path);
            check(path, snapshot.file(), mode);
            return snapshot;
        } catch (InvalidPathException e) {
            throw new InvalidOptionException(
                    MemDriver.SNAPSHOT.name(), "'" + path + "' is not a path: " + e.getReason());
        } catch (IOException e) {
            throw e instanceof StoreException known ? known : unreadable(path, "cannot find it: " + e.getMessage(), e);
        }
    }

    private static void check(String path, Path file, AccessMode mode) throws DeviceIoException {
        if (Files.exists(file)) {
            if (!Files.isRegularFile(file)) {
                throw unreadable(path, "it is not a regular file", null);
            }
        } else if (mode == AccessMode.READ_ONLY) {
            throw unreadable(path, "there is no such file, and a read-only device would never write one", null);
        } else if (!Files.isDirectory(file.resolveSibling("."))) {
            throw unreadable(path, "its folder does not exist; make it first", null);
        }
    }

    private static Geometry geometry(RequestedGeometry wanted, long fileSize) throws InvalidOptionException {
        long size = wanted.size().orElse(fileSize);
        if (size != fileSize || size == 0) {
            throw new InvalidOptionException(
                    MemDriver.SNAPSHOT.name(),
                    "the file has " + fileSize + " bytes, must have the size of the device, "
                            + (size == 0 ? "at least 1" : size + " bytes"));
        }
        return wanted.over(size);
    }

    private static InvalidOptionException noSize() {
        return new InvalidOptionException("size", "is needed to make a device in memory; size=1MiB would do");
    }

    private static DeviceIoException unreadable(String path, String reason, @Nullable Throwable cause) {
        return new DeviceIoException("mem", "snapshot " + path + ": " + reason, 0, 0, cause);
    }
}
