package dev.morgana.littlefs;

import dev.morgana.littlefs.file.OpenFile;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.store.FileSystemAccess;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/**
 * An open file (littlefs page, section 12). It has a position and a version of its own; {@link #sync()} and {@link #close()}
 * publish the version as a whole, and of several handles on one file the last one counts. It follows its file through renames;
 * after a removal it goes on, and nothing is published any more. Safe for use by many threads, one call at a time.
 *
 * <p>Use of a closed handle, reading one that is open for writing alone, and the reverse are
 * {@link InvalidRequestException}s with the native code {@code BADF}.
 */
public final class LittleFsFile implements AutoCloseable {
    private final OpenFile file;
    private final FileSystemAccess access;
    private boolean closed;

    LittleFsFile(OpenFile file, FileSystemAccess access) {
        this.file = file;
        this.access = access;
    }

    private static InvalidRequestException bad(String why) {
        return PeerError.BADF.on(new InvalidRequestException("file handle refused: " + why));
    }

    private void requireOpen() throws InvalidRequestException {
        if (closed) {
            throw bad("it is closed");
        }
    }

    private void requireWritable(String operation) throws InvalidRequestException {
        requireOpen();
        if (!file.mode().writable()) {
            throw bad(operation + " needs a handle that is open for writing");
        }
    }

    /**
     * Reads from the position on, which moves behind the last byte read.
     *
     * @param target filled from its position, to its limit or to the end of the file
     * @return how many bytes; 0 at and behind the end
     * @throws InvalidRequestException if the handle is closed or not open for reading
     * @throws StoreException for this, if the file is damaged, or if the device fails
     */
    public int read(ByteBuffer target) throws StoreException {
        return access.alone(() -> {
            requireOpen();
            if (!file.mode().readable()) {
                throw bad("read needs a handle that is open for reading");
            }
            return file.read(target);
        });
    }

    /**
     * Writes at the position, which moves behind the last byte written; a gap behind the end is filled with zeros. Others see
     * it, and it is durable, after {@link #sync()}. If it fails, {@link #close()} publishes nothing; {@link #sync()} still
     * publishes what was written, up to the position.
     *
     * @param source the bytes from its position to its limit
     * @throws dev.morgana.spi.error.LimitExceededException if the file would become too large; nothing was written (native
     *     code {@code FBIG})
     * @throws dev.morgana.spi.error.NoSpaceException if there is no free block (native code {@code NOSPC})
     * @throws InvalidRequestException if the handle is closed or not open for writing
     * @throws StoreException for these, or if the device fails
     */
    public void write(ByteBuffer source) throws StoreException {
        access.change("write", () -> {
            requireWritable("write");
            file.write(source);
        });
    }

    /**
     * The position.
     *
     * @return bytes from the beginning; it may lie behind the end
     * @throws StoreException if the handle is closed
     */
    public long position() throws StoreException {
        return access.alone(() -> {
            requireOpen();
            return file.position();
        });
    }

    /**
     * Moves the position.
     *
     * @param position bytes from the beginning; it may lie behind the end
     * @throws InvalidRequestException if it is negative or beyond the largest file (native code {@code INVAL}), or the handle
     *     is closed; the position stays
     * @throws StoreException for this, or if what was written before cannot be finished
     */
    public void seek(long position) throws StoreException {
        access.alone(() -> {
            requireOpen();
            file.seek(position);
            return true;
        });
    }

    /**
     * The size of this handle's version, with what is not synced yet.
     *
     * @return in bytes
     * @throws StoreException if the handle is closed
     */
    public long size() throws StoreException {
        return access.alone(() -> {
            requireOpen();
            return file.size();
        });
    }

    /**
     * Makes the file shorter, or longer by zeros. The position stays. Published like a write.
     *
     * @param size in bytes
     * @throws InvalidRequestException if no file can have that size (native code {@code INVAL}), or the handle is closed or
     *     not open for writing
     * @throws dev.morgana.spi.error.LimitExceededException if files of this file system cannot (native code {@code FBIG})
     * @throws StoreException for these, if there is no space, or if the device fails
     */
    public void truncate(long size) throws StoreException {
        access.change("truncate", () -> {
            requireWritable("truncate");
            file.truncate(size);
        });
    }

    /**
     * Publishes this version: content, size and attributes in one step, which is durable when the call returns.
     *
     * @throws InvalidRequestException if the handle is closed
     * @throws StoreException for this, if there is no space, or if the device fails; others then still see the old version
     */
    public void sync() throws StoreException {
        if (file.mode().writable()) {
            access.change("sync", () -> {
                requireOpen();
                file.sync();
            });
        }
    }

    /**
     * Publishes this version, unless a write failed, and ends the use of the handle, whatever happens. Closing twice does
     * nothing.
     *
     * @throws StoreException as {@link #sync()} does; the handle is closed all the same
     */
    @Override
    public void close() throws StoreException {
        if (closed) {
            return;
        }
        try {
            if (file.mustPublish()) {
                access.change("close", file::sync);
            }
        } finally {
            closed = true;
            access.life().releasing(file::discard);
        }
    }
}
