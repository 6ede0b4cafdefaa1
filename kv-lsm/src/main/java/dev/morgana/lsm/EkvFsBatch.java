package dev.morgana.lsm;

import dev.morgana.lsm.file.Chunked;
import dev.morgana.lsm.file.FileError;
import dev.morgana.lsm.file.FileSettings;
import dev.morgana.lsm.file.FileWriting;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.WriteTransaction;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Changes of files as one transaction: after a power loss all of them are there, or none. Each sees those before it. Of many
 * bytes {@link EkvOptions#TRANSACTION_BYTES} are kept in memory, the others on free pages until the commit; closing without one
 * takes all back. What is refused changes nothing, and the batch goes on; after a change that fails later than that (for want of
 * space, or because the device, a stream or a damaged file does) it can only be closed. For one thread at a time.
 */
public final class EkvFsBatch implements AutoCloseable {
    private final WriteTransaction transaction;
    private final FileSettings settings;
    private final FileWriting files;

    EkvFsBatch(WriteTransaction transaction, FileSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
        this.files = new FileWriting(transaction, settings);
    }

    /**
     * Makes or replaces a file.
     *
     * @param path the path
     * @param content the bytes
     * @throws LimitExceededException if the path is too long ({@code PathTooLong}, {@code KeyTooLong}), or a key is, or there are
     *     more chunks than were allowed ({@code Database})
     * @throws StoreException for this, or if the database fails
     */
    public void writeFile(String path, byte[] content) throws StoreException {
        FilePath file = FilePath.of(path);
        translating(() -> {
            settings.checkNewPath(file);
            files.replace(file, Chunked.of(file, content, settings));
        });
    }

    /**
     * Makes or replaces a file by what a stream gives. The stream is read as the file is written, and not closed.
     *
     * @param path the path
     * @param content the bytes
     * @throws dev.morgana.spi.error.DeviceIoException if the stream fails; its error is the cause
     * @throws StoreException for this, and see {@link #writeFile(String, byte[])}
     */
    public void writeFile(String path, InputStream content) throws StoreException {
        FilePath file = FilePath.of(path);
        translating(() -> {
            settings.checkNewPath(file);
            files.replace(file, Chunked.read(file, content, settings));
        });
    }

    /**
     * Appends to a file; one that is not there is made. Only the last chunk and those behind it are written.
     *
     * @param path the path
     * @param source the bytes from its position to its limit, where its position is afterwards
     * @throws StoreException see {@link #writeFile(String, byte[])}
     */
    public void append(String path, ByteBuffer source) throws StoreException {
        translating(() -> files.append(FilePath.of(path), source));
    }

    /**
     * Replaces a part of a file, or makes it longer; a gap is filled with zeros, and a file that is not there is made. Only the
     * chunks concerned are written.
     *
     * @param path the path
     * @param offset where the first byte goes, from 0
     * @param source the bytes from its position to its limit, where its position is afterwards
     * @throws StoreException see {@link #writeFile(String, byte[])}
     * @throws IllegalArgumentException if the offset is negative
     */
    public void write(String path, long offset, ByteBuffer source) throws StoreException {
        ArgumentChecks.requireNotNegative("offset", offset);
        translating(() -> files.write(FilePath.of(path), offset, source));
    }

    /**
     * Cuts off the end of a file. A file that is not longer stays as it is.
     *
     * @param path the path
     * @param size the new size in bytes, from 0
     * @throws NoSuchKeyException if there is no such file ({@code NotFound})
     * @throws StoreException for this, and see {@link #writeFile(String, byte[])}
     * @throws IllegalArgumentException if the size is negative
     */
    public void truncate(String path, long size) throws StoreException {
        ArgumentChecks.requireNotNegative("size", size);
        translating(() -> files.truncate(FilePath.of(path), size));
    }

    /**
     * Moves a file; one at the target is replaced. Its chunks are copied.
     *
     * @param source the path
     * @param target the new path
     * @throws NoSuchKeyException if there is no file at the source ({@code NotFound})
     * @throws StoreException for this, and see {@link #writeFile(String, byte[])}
     */
    public void rename(String source, String target) throws StoreException {
        translating(() -> files.rename(FilePath.of(source), FilePath.of(target)));
    }

    /**
     * Deletes a file, readable or not, with every chunk of its path.
     *
     * @param path the path
     * @throws NoSuchKeyException if there is no such file ({@code NotFound})
     * @throws StoreException for this, or if the path is too long, or the database fails
     */
    public void deleteFile(String path) throws StoreException {
        translating(() -> files.delete(FilePath.of(path)));
    }

    /**
     * Makes the changes visible and durable, and ends the batch.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if they do not fit; nothing was changed
     * @throws dev.morgana.spi.error.InvalidRequestException if a change failed half-way
     * @throws StoreException for these, or if the database fails; nothing was changed
     * @throws IllegalStateException if the batch has ended
     */
    public void commit() throws StoreException {
        translating(files::commit);
    }

    /** A change that may be refused. */
    private interface Step {
        void run() throws StoreException;
    }

    private static void translating(Step step) throws StoreException {
        try {
            step.run();
        } catch (StoreException e) {
            throw FileError.translated(e);
        }
    }

    /** Ends the batch; without a commit nothing was changed. Closing twice does nothing. */
    @Override
    public void close() {
        transaction.close();
    }
}
