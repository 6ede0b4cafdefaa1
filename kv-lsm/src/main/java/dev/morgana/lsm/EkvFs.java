package dev.morgana.lsm;

import dev.morgana.lsm.file.FileError;
import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.FileDatabase;
import dev.morgana.lsm.store.FileInspection;
import dev.morgana.lsm.store.FileTree;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ekv-fs for programs that know what they have: files by path on raw flash. A path is any text; no part of it has a meaning,
 * and the reference implementation's convention is a leading slash.
 *
 * <pre>{@code
 * EkvFs.format(flash, options);
 * try (EkvFs files = EkvFs.open(flash, options)) {
 *     files.writeFile("/photos/cat.jpg", bytes);
 *     try (EkvFsFile file = files.open("/photos/cat.jpg")) {
 *         file.position(100).read(buffer);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Safe for use by many threads; one changes files at a time, and readers see whole states.
 *
 * <p><b>Durability.</b> Each call that changes something is one transaction: after a power loss the file is the old one or the
 * new one, and it is the new one once the call has returned. Of a large file {@link EkvOptions#TRANSACTION_BYTES} are in memory
 * at once while it is written, and one chunk while it is read; until the commit it lies on free pages beside the old one.
 *
 * <p>Each call may fail with {@link DeviceException} and {@link CorruptStoreException}; what comes from the database bears the
 * native code {@code Database}, as the reference implementation has it. Files of more than ten chunks are read by the reference
 * implementation, which can neither replace nor delete them; see {@link EkvFsOptions#TEN_CHUNKS}. After {@link #close()} each
 * call is an {@link IllegalStateException}.
 */
public final class EkvFs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EkvFs.class);

    private final FileDatabase files;
    private final FileTree tree;

    private EkvFs(FileDatabase files) {
        this.files = files;
        EkvDatabase database = files::ekv;
        this.tree = new FileTree(files, database);
    }

    /**
     * Makes an empty database for files.
     *
     * @param device the flash; it stays the caller's, and open
     * @param options see {@link EkvFsOptions}
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong or does not fit; nothing was written
     * @throws dev.morgana.spi.error.NoSpaceException if the flash has too few pages; nothing was written
     * @throws StoreException for these, or if the device fails
     */
    public static void format(BlockDevice device, Options options) throws StoreException {
        Options database = FileOpening.database(options);
        Shape shape = Opening.toFormat(device, database).settings().shape();
        FileOpening.checkChunkSize(options, shape.maxValueSize());
        Ekv.format(device, database);
    }

    /**
     * Opens a database with files. Nothing is written. On success it owns the device and closes it; on failure the device stays
     * the caller's, and open.
     *
     * @param device the flash; it may be larger than the database
     * @param options see {@link EkvFsOptions}
     * @return the files
     * @throws CorruptStoreException if there is no database, or a damaged one
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or contradicts the image
     * @throws StoreException for these, or if the device fails
     */
    public static EkvFs open(BlockDevice device, Options options) throws StoreException {
        return new EkvFs(FileOpening.open(device, options, EkvFs::warn));
    }

    /**
     * Opens the tools for a flash that may be damaged: those of files, or where the database cannot be opened those of
     * {@link Ekv#inspect}. Nothing is written but by a repair. On success the inspection owns the device and closes it; on
     * failure it stays the caller's, and open.
     *
     * @param device the flash
     * @param options see {@link EkvFsOptions}
     * @return the tools
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong
     * @throws StoreException for this, or if the device fails
     */
    public static Inspection inspect(BlockDevice device, Options options) throws StoreException {
        try {
            return new FileInspection(open(device, options).tree);
        } catch (CorruptStoreException e) {
            return Ekv.inspect(device, FileOpening.database(options));
        }
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }

    /**
     * What is stored of a file.
     *
     * @param path the path
     * @return size and number of chunks, as its metadata says
     * @throws NoSuchKeyException if there is no such file ({@code NotFound})
     * @throws CorruptStoreException if its metadata cannot be read ({@code Serialize})
     * @throws LimitExceededException if the path is too long ({@code PathTooLong}, {@code KeyTooLong})
     * @throws StoreException for these, or if the database fails
     */
    public EkvFsStat stat(String path) throws StoreException {
        FileMetadata metadata = files.reading(reading -> reading.stat(checked(path)));
        return new EkvFsStat(metadata.size(), metadata.chunks());
    }

    /**
     * Opens a file as it is now.
     *
     * @param path the path
     * @return the file; close it
     * @throws StoreException see {@link #stat}
     */
    public EkvFsFile open(String path) throws StoreException {
        ReadTransaction snapshot = files.ekv().read();
        try {
            return new EkvFsFile(new FileReading(snapshot, files.settings()).open(checked(path)), snapshot);
        } catch (StoreException e) {
            snapshot.close();
            throw FileError.translated(e);
        }
    }

    private FilePath checked(String path) throws LimitExceededException {
        FilePath file = FilePath.of(path);
        files.settings().checkPath(file);
        return file;
    }

    /**
     * The paths of all files that begin with some text.
     *
     * @param prefix such as {@code /photos/}; empty for all
     * @return the paths, in the order of their bytes
     * @throws StoreException if the database fails
     */
    public List<String> list(String prefix) throws StoreException {
        return files.reading(reading -> {
            List<String> paths = new ArrayList<>();
            try (Cursor cursor =
                    reading.scan(KeyRange.prefix(FilePath.of(prefix).metadataKey()))) {
                while (cursor.next()) {
                    paths.add(FilePath.ofMetadata(cursor.key()).orElseThrow().text());
                }
            }
            return paths;
        });
    }

    /** A change as a transaction of its own. */
    private interface Change {
        void of(EkvFsBatch batch) throws StoreException;
    }

    private void change(Change change) throws StoreException {
        try (EkvFsBatch batch = batch()) {
            change.of(batch);
            batch.commit();
        }
    }

    /**
     * Begins several changes that are made as one, after waiting for the change under way.
     *
     * @return the batch; close it
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the database is read-only
     * @throws StoreException for this, or if the database fails
     */
    public EkvFsBatch batch() throws StoreException {
        return new EkvFsBatch(files.ekv().write(), files.settings());
    }

    /**
     * Makes or replaces a file.
     *
     * @param path the path
     * @param content the bytes
     * @throws LimitExceededException if the path is too long ({@code PathTooLong}, {@code KeyTooLong}), or a key is, or there
     *     are more chunks than were allowed ({@code Database})
     * @throws StoreException for this, or if the database fails
     */
    public void writeFile(String path, byte[] content) throws StoreException {
        change(batch -> batch.writeFile(path, content));
    }

    /**
     * Makes or replaces a file by what a stream gives. The stream is read as the file is written, and not closed; it may read
     * from these files, but not change them.
     *
     * @param path the path
     * @param content the bytes
     * @throws dev.morgana.spi.error.DeviceIoException if the stream fails; its error is the cause
     * @throws StoreException for this, and see {@link #writeFile(String, byte[])}
     */
    public void writeFile(String path, InputStream content) throws StoreException {
        change(batch -> batch.writeFile(path, content));
    }

    /**
     * Appends to a file; one that is not there is made. Only the last chunk and those behind it are written.
     *
     * @param path the path
     * @param source the bytes from its position to its limit, where its position is afterwards
     * @throws StoreException see {@link #writeFile(String, byte[])}
     */
    public void append(String path, ByteBuffer source) throws StoreException {
        change(batch -> batch.append(path, source));
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
        change(batch -> batch.write(path, offset, source));
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
        change(batch -> batch.truncate(path, size));
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
        change(batch -> batch.rename(source, target));
    }

    /**
     * Deletes a file, readable or not, with every chunk of its path.
     *
     * @param path the path
     * @throws NoSuchKeyException if there is no such file ({@code NotFound})
     * @throws StoreException for this, or if the path is too long, or the database fails
     */
    public void deleteFile(String path) throws StoreException {
        change(batch -> batch.deleteFile(path));
    }

    /**
     * The files as the tree of keys that all formats have. The key {@code /a/b} is the file {@code /a/b}; files whose paths
     * have no such form do not show. Its facet {@link dev.morgana.spi.facet.RawKeys} has the files by what follows the slash,
     * and {@link EkvDatabase} is the database beneath.
     *
     * @return the same store; closing either closes both
     */
    public KeyValueStore store() {
        return tree;
    }

    /**
     * The database beneath, for keys of the caller's own beside the files: any that begin with neither {@code m:} nor {@code
     * c:}.
     *
     * @return the database; closing it closes this too
     */
    public FlatStore database() {
        return files.ekv();
    }

    /** Closes the database and its device. Never fails, and closing twice does nothing. */
    @Override
    public void close() {
        files.ekv().close();
    }
}
