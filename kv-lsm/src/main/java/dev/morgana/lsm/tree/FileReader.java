package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.RecordHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of one file. For one thread at a time. */
final class FileReader {
    private final LsmFile file;
    private final PayloadReader payloads;
    private int loaded = -1;
    private byte[] payload = new byte[0];

    FileReader(LsmFile file, PayloadReader payloads) {
        this.file = file;
        this.payloads = payloads;
    }

    LsmFile file() {
        return file;
    }

    Shape shape() {
        return payloads.pages().shape();
    }

    /** Reads bytes of the file; all of them must be there. */
    void read(long position, byte[] target, int from, int length) throws StoreException {
        assert position >= file.first() && position + length <= file.end() : position + " " + length;
        long place = position;
        int done = 0;
        while (done < length) {
            load(place);
            int offset = (int) (place - file.start(loaded));
            int count = (int) Math.min(length - done, file.end(loaded) - place);
            if (offset + count > payload.length) {
                throw corrupt(
                        place,
                        "payload up to position " + file.end(loaded) + ", where the next page begins",
                        "payload up to " + (file.start(loaded) + payload.length));
            }
            System.arraycopy(payload, offset, target, from + done, count);
            done += count;
            place += count;
        }
    }

    private void load(long position) throws StoreException {
        if (loaded < 0 || position < file.start(loaded) || position >= file.end(loaded)) {
            int index = file.indexOf(position);
            payload = payloads.payload(file, index);
            loaded = index;
        }
    }

    /** The record at a position at which one starts. */
    StoredRecord at(long position) throws StoreException {
        int headerBytes = shape().recordHeaderBytes();
        if (position + headerBytes > file.end()) {
            throw corrupt(position, "a record header of " + headerBytes + " bytes", "the end of the file");
        }
        byte[] bytes = new byte[headerBytes];
        read(position, bytes, 0, headerBytes);
        RecordHeader header = RecordHeader.decode(shape(), bytes);
        Optional<String> fault = header.fault(shape());
        if (fault.isPresent()) {
            throw corrupt(position, fault.get(), header.toString());
        }
        if (position + header.recordBytes(shape()) > file.end()) {
            throw corrupt(position, "a record within the file", header + ", which is longer");
        }
        byte[] key = new byte[header.keyLength()];
        read(position + headerBytes, key, 0, key.length);
        return new StoredRecord(this, position, header, key);
    }

    CorruptStoreException corrupt(long position, String expected, String found) {
        int index = file.indexOf(Math.min(position, file.end() - 1));
        int offset = shape().dataStart() + shape().chunkHeaderBytes() + (int) (position - file.start(index));
        return payloads.pages().corrupt(file.page(index), offset, "record", expected, found);
    }

    /** The record of a key, which may be a tombstone. */
    Optional<StoredRecord> find(byte[] key) throws StoreException {
        StoredRecord record = ceiling(key);
        return record != null && Arrays.equals(record.key(), key) ? Optional.of(record) : Optional.empty();
    }

    /** The first record whose key is not below the given one. */
    private @Nullable StoredRecord ceiling(byte[] key) throws StoreException {
        long position = file.recordStart(blockOf(key));
        while (position < file.end()) {
            StoredRecord record = at(position);
            if (Arrays.compareUnsigned(record.key(), key) >= 0) {
                return record;
            }
            position = record.end();
        }
        return null;
    }

    /**
     * The last page at whose boundary a record starts that is not above a key, or the first page. A page that cannot be read is
     * passed over: only keys that lie in it are out of reach.
     */
    int blockOf(byte[] key) throws StoreException {
        int low = 0;
        int high = file.pageCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            int index = middle;
            byte[] found = firstKey(index);
            while (found == null && index > low + 1) {
                found = firstKey(--index);
            }
            if (found == null) {
                index = middle;
                while (found == null && index < high) {
                    found = firstKey(++index);
                }
            }
            if (found != null && Arrays.compareUnsigned(found, key) <= 0) {
                low = index;
            } else {
                high = found == null ? low : index - 1;
            }
        }
        return low;
    }

    /** The key of the record at the boundary of a page, or null if there is none that can be read. */
    private byte @Nullable [] firstKey(int index) throws StoreException {
        long start = file.recordStart(index);
        if (start < 0) {
            return null;
        }
        try {
            return at(start).key();
        } catch (CorruptStoreException e) {
            return null; // whoever needs what is there meets the damage again
        }
    }
}
