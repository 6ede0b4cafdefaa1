package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file from its end or from some key on, descending. Records can be walked forwards only, so that they are
 * collected from one known start to the next, and given in reverse.
 */
final class ReverseFileScan implements RecordSource {
    private final FileReader reader;
    private final Deque<StoredRecord> block = new ArrayDeque<>();
    private int index;
    private long end;
    private byte @Nullable [] previous;

    private ReverseFileScan(FileReader reader, int index) {
        this.reader = reader;
        this.index = index;
        this.end = reader.file().end();
        for (int next = index + 1; next < reader.file().pageCount(); next++) {
            if (reader.file().recordStart(next) >= 0) {
                this.end = reader.file().recordStart(next);
                break;
            }
        }
    }

    /** Every record. */
    static ReverseFileScan all(FileReader reader) {
        return new ReverseFileScan(reader, reader.file().pageCount() - 1);
    }

    /** The records down from a key, and a few above it. */
    static ReverseFileScan around(FileReader reader, byte[] key) throws StoreException {
        return new ReverseFileScan(reader, reader.blockOf(key));
    }

    @Override
    public @Nullable StoredRecord next() throws StoreException {
        while (block.isEmpty() && index >= 0) {
            collect();
        }
        StoredRecord record = block.pollLast();
        if (record != null && previous != null && Arrays.compareUnsigned(previous, record.key()) <= 0) {
            throw reader.corrupt(record.position(), "a key below the one behind", "one that is not");
        }
        previous = record == null ? previous : record.key();
        return record;
    }

    private void collect() throws StoreException {
        long start = reader.file().recordStart(index--);
        if (start < 0) {
            return;
        }
        long position = start;
        while (position < end) {
            StoredRecord record = reader.at(position);
            block.add(record);
            position = record.end();
        }
        if (position != end) {
            throw reader.corrupt(end, "a record at the boundary of the page", "the inside of one");
        }
        end = start;
    }
}
