package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.RecordHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.StoreException;

/** The bytes of whole records. */
final class RecordBytes {
    private RecordBytes() {}

    static long length(Shape shape, LsmRecord record) {
        return (long) shape.recordHeaderBytes() + record.key().length + record.valueLength();
    }

    /** Writes a record into an array that has room for it; returns where it ends. */
    static int write(Shape shape, LsmRecord record, byte[] target, int offset) throws StoreException {
        byte[] key = record.key();
        byte[] header = header(shape, record);
        System.arraycopy(header, 0, target, offset, header.length);
        System.arraycopy(key, 0, target, offset + header.length, key.length);
        int value = offset + header.length + key.length;
        record.read(0, target, value, record.valueLength());
        return value + record.valueLength();
    }

    static byte[] header(Shape shape, LsmRecord record) {
        return new RecordHeader(record.key().length, record.valueLength(), record.isTombstone()).encode(shape);
    }
}
