package dev.morgana.lsm.store;

import dev.morgana.lsm.file.Chunked;
import dev.morgana.lsm.file.FileContent;
import dev.morgana.lsm.file.FileError;
import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.file.FileWriting;
import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.spi.store.TreeRules;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The files whose paths begin with a slash, as the reference implementation's convention is, by what comes after it: the keys
 * of a tree, joined (ekv-fs page, section 12). Each change is one transaction.
 */
final class FlatFiles implements FlatStore, AtomicBatch, OrderedScan {
    private static final int PIECE_BYTES = 64 * 1024;

    private final FileDatabase files;

    FlatFiles(FileDatabase files) {
        this.files = files;
    }

    static FilePath path(byte[] key) {
        byte[] path = new byte[key.length + 1];
        path[0] = '/';
        System.arraycopy(key, 0, path, 1, key.length);
        return FilePath.of(path);
    }

    /** Every byte of a file. What its metadata claims does not decide how much memory is taken. */
    static byte[] bytes(FileContent content) throws StoreException {
        if (content.size() > Integer.MAX_VALUE - Long.BYTES) {
            throw FileError.DATABASE.on(new LimitExceededException(
                    "size of an array (bytes)", Integer.MAX_VALUE - Long.BYTES, content.size()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[(int) Math.max(1, Math.min(PIECE_BYTES, content.size()))];
        int count = content.read(0, piece, 0, piece.length);
        while (count > 0) {
            bytes.write(piece, 0, count);
            count = content.read(bytes.size(), piece, 0, piece.length);
        }
        return bytes.toByteArray();
    }

    @Override
    public StoreInfo info() {
        return FileDescriptions.of(files);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        files.ekv().info(); // a closed store must not answer
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return files.opening((reading, snapshot) -> {
            try (snapshot) {
                Optional<FileContent> content = reading.content(path(key));
                return content.isEmpty() ? Optional.empty() : Optional.of(bytes(content.get()));
            }
        });
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return files.opening((reading, snapshot) -> {
            Optional<FileContent> content = reading.content(path(key));
            if (content.isEmpty()) {
                snapshot.close();
            }
            return content.map(found -> stream(found, snapshot));
        });
    }

    /** A file as it was when it was opened, in memory one chunk at a time. */
    private static InputStream stream(FileContent content, ReadTransaction snapshot) {
        PositionedStream.Source source = (position, target) -> {
            try {
                return read(content, position, target);
            } catch (StoreException e) {
                throw FileError.translated(e);
            }
        };
        return new PositionedStream(content.size(), source, snapshot::close);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        return files.reading(reading -> {
            Optional<FileContent> content = reading.content(path(key));
            return content.isEmpty() ? OptionalInt.empty() : OptionalInt.of(read(content.get(), offset, target));
        });
    }

    private static int read(FileContent content, long offset, ByteBuffer target) throws StoreException {
        byte[] part = new byte[(int) Math.min(Math.max(0, content.size() - offset), target.remaining())];
        content.readFully(offset, part, 0, part.length);
        target.put(part);
        return part.length;
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        Optional<FileMetadata> metadata = files.reading(reading -> reading.find(path(key)));
        return metadata.isPresent() ? OptionalLong.of(metadata.get().size()) : OptionalLong.empty();
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return KeyStream.over(scan(KeyRange.all(), Direction.FORWARD));
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return files.opening((reading, snapshot) -> FileCursor.over(snapshot, reading, range, direction));
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        apply(List.of(new Change.Put(key, value)));
    }

    /**
     * What fits into memory is read before the transaction begins; only a larger file makes other changes wait for its stream.
     * The stream may read from this store, but not change it.
     */
    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        files.ekv().requireWritable("put");
        requireKey(key);
        FilePath path = path(key);
        Chunked content = Chunked.read(path, value, files.settings());
        files.writing(writing -> {
            writing.replace(path, content);
            return true;
        });
    }

    /** Replaces every file below a key by one at the key, in one transaction. */
    void putInPlaceOf(Key dictionary, InputStream value) throws StoreException {
        files.ekv().requireWritable("put");
        requireKey(dictionary.toBytes());
        FilePath path = path(dictionary.toBytes());
        Chunked content = Chunked.read(path, value, files.settings());
        List<Key> below = below(dictionary);
        files.writing(writing -> {
            writing.replace(path, content);
            for (Key key : below) {
                writing.remove(path(key.toBytes()));
            }
            return true;
        });
    }

    /** Moves a file, or every file below a key, in one transaction. */
    void move(Key source, Key target) throws StoreException {
        List<Key> keys = size(source.toBytes()).isPresent() ? List.of(source) : below(source);
        files.writing(writing -> {
            for (Key key : keys) {
                byte[] moved = TreeRules.moved(key, source, target).toBytes();
                requireKey(moved);
                writing.rename(path(key.toBytes()), path(moved));
            }
            return true;
        });
    }

    /** The keys below a dictionary; what is no key of a tree is passed over. */
    private List<Key> below(Key dictionary) throws StoreException {
        List<Key> below = new ArrayList<>();
        byte[] name = dictionary.toBytes();
        byte[] prefix = Arrays.copyOf(name, name.length + 1);
        prefix[name.length] = '/';
        try (Cursor cursor = scan(KeyRange.prefix(prefix), Direction.FORWARD)) {
            while (cursor.next()) {
                Key key = Key.ofBytes(cursor.key());
                if (Arrays.equals(key.toBytes(), cursor.key())) {
                    below.add(key);
                }
            }
        }
        return below;
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        files.ekv().requireWritable("remove");
        FilePath path = path(key);
        return path.length() <= files.settings().reach() && files.writing(writing -> writing.remove(path));
    }

    @Override
    public void apply(List<Change> changes) throws StoreException {
        files.ekv().requireWritable("apply");
        files.writing(writing -> {
            for (Change change : changes) {
                apply(change, writing);
            }
            return true;
        });
    }

    private void apply(Change change, FileWriting writing) throws StoreException {
        FilePath path = path(change.key());
        if (change instanceof Change.Put put) {
            requireKey(put.key());
            writing.replace(path, Chunked.of(path, put.value(), files.settings()));
        } else if (path.length() <= files.settings().reach()) { // a longer one is not bound
            writing.remove(path);
        }
    }

    /** Refuses a key by the limit that the store tells, which counts no slash. */
    void requireKey(byte[] key) throws LimitExceededException {
        int longest = FileDescriptions.longestKey(files.settings());
        if (key.length > longest) {
            throw FileError.PATH_TOO_LONG.on(
                    new LimitExceededException("a key (bytes)", longest, key.length, Key.escape(key)));
        }
    }

    /** Removes every file, with its orphans; keys of others stay. */
    @Override
    public void clear() throws StoreException {
        files.ekv().requireWritable("clear");
        if (files.reading(FlatFiles::areAlone)) {
            files.ekv().clear();
            return;
        }
        files.writing(writing -> {
            writing.clear();
            return true;
        });
    }

    /** Whether there are no keys but those of files. */
    private static boolean areAlone(FileReading reading) throws StoreException {
        try (Cursor cursor = reading.scan(KeyRange.all())) {
            while (cursor.next()) {
                if (!FilePath.isOfFile(cursor.key())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void flush() {
        files.ekv().flush();
    }

    @Override
    public void close() {
        files.ekv().close();
    }
}
