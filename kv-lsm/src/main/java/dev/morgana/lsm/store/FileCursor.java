package dev.morgana.lsm.store;

import dev.morgana.lsm.file.FileReading;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import java.util.Arrays;

/** The files whose paths begin with a slash, along their metadata keys; a key is the path without the slash. */
final class FileCursor implements Cursor {
    private static final byte[] PREFIX = {'m', ':', '/'};

    private final ReadTransaction snapshot;
    private final FileReading files;
    private final Cursor metadata;

    private FileCursor(ReadTransaction snapshot, FileReading files, Cursor metadata) {
        this.snapshot = snapshot;
        this.files = files;
        this.metadata = metadata;
    }

    /** A walk that owns the transaction. */
    static FileCursor over(ReadTransaction snapshot, FileReading files, KeyRange range, Direction direction)
            throws StoreException {
        return new FileCursor(snapshot, files, snapshot.scan(ofMetadata(range), direction));
    }

    private static KeyRange ofMetadata(KeyRange range) {
        KeyRange all = KeyRange.prefix(PREFIX);
        byte[] from = range.from();
        byte[] to = range.to();
        return new KeyRange(
                from == null ? all.from() : prefixed(from),
                from == null || range.fromInclusive(),
                to == null ? all.to() : prefixed(to),
                to != null && range.toInclusive());
    }

    private static byte[] prefixed(byte[] key) {
        byte[] prefixed = Arrays.copyOf(PREFIX, PREFIX.length + key.length);
        System.arraycopy(key, 0, prefixed, PREFIX.length, key.length);
        return prefixed;
    }

    @Override
    public boolean next() throws StoreException {
        return metadata.next();
    }

    @Override
    public byte[] key() {
        byte[] key = metadata.key();
        return Arrays.copyOfRange(key, PREFIX.length, key.length);
    }

    private FilePath path() {
        return FilePath.ofMetadata(metadata.key()).orElseThrow();
    }

    @Override
    public long size() throws StoreException {
        return files.stat(path()).size();
    }

    @Override
    public byte[] value() throws StoreException {
        return FlatFiles.bytes(files.open(path()));
    }

    @Override
    public void close() {
        metadata.close();
        snapshot.close();
    }
}
