package dev.morgana.cli.exchange.host;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** A value as a file on the host. */
public final class ValueFile {
    private ValueFile() {}

    /**
     * Copies a value into a file. The file appears under its name when it is whole, with the value's time where there is one.
     *
     * @param parts where it is made, on the file system of the file
     * @throws TransferException if the file exists and must not be replaced
     */
    public static void write(ReadableStore store, Key key, Path file, boolean replace, PartFolder parts)
            throws IOException {
        checkTarget(file, replace);
        Path part = parts.file("value");
        try (InputStream value = store.open(key)) {
            try (OutputStream out = new NamedOutput(Files.newOutputStream(part), file.toString())) {
                value.transferTo(out);
            }
            setTime(store, key, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Looks whether a file may be made, before anything is written.
     *
     * @throws TransferException if the file exists and must not be replaced, or is a folder
     */
    public static void checkTarget(Path file, boolean replace) throws TransferException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferException(file + " exists and is a folder");
        }
        if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferException(file + " exists; use --force to replace it");
        }
    }

    private static void setTime(ReadableStore store, Key key, Path file) throws IOException {
        Optional<Instant> modified = store.lastModified(key);
        if (modified.isPresent()) {
            Files.setLastModifiedTime(file, FileTime.from(modified.get()));
        }
    }
}
