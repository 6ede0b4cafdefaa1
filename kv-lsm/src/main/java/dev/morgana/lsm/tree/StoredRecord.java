package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.RecordHeader;
import dev.morgana.spi.error.StoreException;

/** A record in a file. */
final class StoredRecord implements LsmRecord {
    private final FileReader reader;
    private final long position;
    private final RecordHeader header;
    private final byte[] key;

    StoredRecord(FileReader reader, long position, RecordHeader header, byte[] key) {
        this.reader = reader;
        this.position = position;
        this.header = header;
        this.key = key;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public boolean isTombstone() {
        return header.tombstone();
    }

    @Override
    public int valueLength() {
        return header.valueLength();
    }

    @Override
    public void read(int offset, byte[] target, int from, int length) throws StoreException {
        assert offset + length <= header.valueLength() : offset + " " + length;
        reader.read(end() - header.valueLength() + offset, target, from, length);
    }

    long position() {
        return position;
    }

    /** The position behind the record. */
    long end() {
        return position + header.recordBytes(reader.shape());
    }
}
