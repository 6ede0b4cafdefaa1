package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The driver {@code file}: devices in regular files, as in {@code file:image.bin}. */
public final class FileDriver implements BlockDeviceProvider {
    /** Whether to lock the file. */
    public static final Option<Locking> LOCK = Option.choice("lock", Locking.class)
            .byDefault(Locking.ON)
            .describe("lock the image against other processes; off only where the file system has no locks");

    /** When the file is brought to its medium. */
    public static final Option<Syncing> SYNC = Option.choice("sync", Syncing.class)
            .byDefault(Syncing.EACH)
            .describe(
                    "when changes are made durable: each time the store asks, or at the close alone, for images that are thrown"
                            + " away if making them is interrupted");

    static final List<Option<?>> OPTIONS =
            Stream.concat(GeometryOptions.all().stream(), Stream.of(LOCK, SYNC)).toList();

    /** For {@link java.util.ServiceLoader}. */
    public FileDriver() {}

    @Override
    public String driver() {
        return "file";
    }

    @Override
    public String description() {
        return "image in a regular file, locked while it is open";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    /** Regular files, and paths where nothing is yet. */
    @Override
    public boolean serves(Path path) {
        return Files.isRegularFile(path) || !Files.exists(path);
    }

    @Override
    public BlockDevice open(String part, AccessMode mode, Options options) throws StoreException {
        return FileDevice.open(path(part), mode, options);
    }

    private static Path path(String part) throws InvalidAddressException {
        if (part.isEmpty()) {
            throw new InvalidAddressException("file:", "names no file; file:<path> would be right");
        }
        try {
            return Path.of(part);
        } catch (InvalidPathException e) {
            throw new InvalidAddressException("file:" + part, "is not a path of this system: " + e.getReason());
        }
    }
}
