package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.HeldContent;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import java.io.BufferedInputStream;
import java.io.InputStream;

/** Files as streams. */
final class ValueStreams {
    private static final int BUFFER_BYTES = 64 * 1024;

    private ValueStreams() {}

    /**
     * A buffered stream of what a file has now; under the lock.
     *
     * @throws StoreException if that is damaged
     */
    static InputStream open(FileSystem fileSystem, DirectoryEntry file, StoreLife life) throws StoreException {
        HeldContent content = HeldContent.open(fileSystem, file);
        int buffer = (int) Math.max(1, Math.min(BUFFER_BYTES, content.size()));
        PositionedStream stream = new PositionedStream(
                content.size(),
                (position, target) -> life.reading(() -> content.read(position, target)),
                () -> life.releasing(content::close));
        return new BufferedInputStream(stream, buffer);
    }
}
