package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.DirectoryCursor;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.store.FileSystemAccess;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Kind;
import java.util.Optional;

/**
 * An open directory, read entry by entry: first {@code .} and {@code ..}, then the entries in the order of the medium (littlefs
 * page, section 8.4). Entries may come and go meanwhile; those that stay are neither left out nor repeated. Safe for use by
 * many threads, one call at a time.
 */
public final class LittleFsDirectory implements AutoCloseable {
    private static final byte[] DOT = {'.'};
    private static final byte[] DOTS = {'.', '.'};

    private final LittleFs fileSystem;
    private final DirectoryCursor cursor;
    private final FileSystemAccess access;
    private boolean closed;

    LittleFsDirectory(LittleFs fileSystem, DirectoryCursor cursor, FileSystemAccess access) {
        this.fileSystem = fileSystem;
        this.cursor = cursor;
        this.access = access;
    }

    private void requireOpen() throws InvalidRequestException {
        if (closed) {
            throw PeerError.BADF.on(new InvalidRequestException("directory handle refused: it is closed"));
        }
    }

    /**
     * The next entry.
     *
     * @return the entry, or empty at the end
     * @throws InvalidRequestException if the handle is closed
     * @throws StoreException for this, or if the directory is damaged or the device fails
     */
    public Optional<LittleFsEntry> read() throws StoreException {
        return access.alone(() -> {
            requireOpen();
            if (cursor.position() < DirectoryCursor.DOTS) {
                byte[] name = cursor.position() == 0 ? DOT : DOTS;
                cursor.passDot();
                return Optional.of(new LittleFsEntry(Kind.DICTIONARY, name, 0));
            }
            Optional<DirectoryEntry> next = cursor.next();
            return next.isEmpty() ? Optional.empty() : Optional.of(fileSystem.entry(next.get()));
        });
    }

    /**
     * How many entries were read, {@code .} and {@code ..} included.
     *
     * @return a position for {@link #seek}
     * @throws StoreException if the handle is closed
     */
    public long tell() throws StoreException {
        return access.alone(() -> {
            requireOpen();
            return cursor.position();
        });
    }

    /**
     * Begins anew and passes over entries.
     *
     * @param position how many, {@code .} and {@code ..} included
     * @throws InvalidRequestException if there are not so many (native code {@code INVAL}), or the handle is closed
     * @throws StoreException for this, or if the directory is damaged or the device fails
     */
    public void seek(long position) throws StoreException {
        access.alone(() -> {
            requireOpen();
            cursor.seek(position);
            return true;
        });
    }

    /**
     * Begins anew.
     *
     * @throws StoreException if the handle is closed
     */
    public void rewind() throws StoreException {
        access.alone(() -> {
            requireOpen();
            cursor.rewind();
            return true;
        });
    }

    /** Ends the use of the handle. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            access.life().releasing(cursor::close);
        }
    }
}
