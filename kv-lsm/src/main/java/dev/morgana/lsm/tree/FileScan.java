package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records of a file from some key on, ascending. */
final class FileScan implements RecordSource {
    private final FileReader reader;
    private long position;
    private byte @Nullable [] previous;

    private FileScan(FileReader reader, long position) {
        this.reader = reader;
        this.position = position;
    }

    /** Every record. */
    static FileScan all(FileReader reader) {
        return new FileScan(reader, reader.file().first());
    }

    /** The records from a key on, and a few before it. */
    static FileScan around(FileReader reader, byte[] key) throws StoreException {
        return new FileScan(reader, reader.file().recordStart(reader.blockOf(key)));
    }

    @Override
    public @Nullable StoredRecord next() throws StoreException {
        if (position >= reader.file().end()) {
            return null;
        }
        StoredRecord record = reader.at(position);
        if (previous != null && Arrays.compareUnsigned(previous, record.key()) >= 0) {
            throw reader.corrupt(position, "a key above the one before", "one that is not");
        }
        previous = record.key();
        position = record.end();
        return record;
    }
}
