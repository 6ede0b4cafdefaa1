package dev.morgana.tck.reference;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * What stands before a snapshot's payload.
 *
 * @param shape what the payload is
 * @param blockSize of the geometry the snapshot was written under, in bytes
 * @param blockCount of that geometry
 * @param generation how many snapshots were written before, and this one
 * @param length of the payload in bytes
 * @param crc over the fields before it and the payload
 */
record SnapshotHeader(Shape shape, int blockSize, long blockCount, long generation, int length, int crc) {
    /** Bytes of a header. */
    static final int BYTES = 36;

    private static final int MAGIC = 0x6665524d; // "MRef"
    private static final byte VERSION = 1;
    private static final int CRC_OFFSET = 32;

    /** The header of a payload that is about to be written. */
    static SnapshotHeader of(Shape shape, Geometry geometry, long generation, byte[] payload) {
        SnapshotHeader unsigned =
                new SnapshotHeader(shape, geometry.blockSize(), geometry.blockCount(), generation, payload.length, 0);
        CRC32 crc = unsigned.startCrc();
        crc.update(payload);
        return new SnapshotHeader(
                shape, geometry.blockSize(), geometry.blockCount(), generation, payload.length, (int) crc.getValue());
    }

    /** The checksum over the fields, to be continued with the payload. */
    CRC32 startCrc() {
        ByteBuffer fields = ByteBuffer.allocate(BYTES);
        encode(fields);
        CRC32 crc = new CRC32();
        crc.update(fields.array(), 0, CRC_OFFSET);
        return crc;
    }

    void encode(ByteBuffer target) {
        ByteBuffer fields = target.slice(target.position(), BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(MAGIC).put(VERSION).put(shape.code()).putShort((short) 0);
        fields.putInt(blockSize).putLong(blockCount).putLong(generation);
        fields.putInt(length).putInt(crc);
        assert !fields.hasRemaining();
        target.position(target.position() + BYTES);
    }

    /** Tells whether the bytes at least begin like a header. */
    static boolean hasMagic(ByteBuffer source) {
        return source.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }

    /**
     * Decodes a header. Its checksum is the business of whoever can read the payload.
     *
     * @throws CorruptStoreException if the fields cannot be those of a header
     */
    static SnapshotHeader decode(ByteBuffer source, Position at) throws CorruptStoreException {
        ByteBuffer fields = source.slice(source.position(), BYTES).order(ByteOrder.LITTLE_ENDIAN);
        expect(at, "magic", MAGIC, fields.getInt());
        expect(at, "version", VERSION, fields.get());
        byte code = fields.get();
        Shape shape = Shape.ofCode(code);
        if (shape == null) {
            throw new CorruptStoreException(at, "shape T or F", "code " + code);
        }
        expect(at, "reserved field", 0, fields.getShort());
        SnapshotHeader header = new SnapshotHeader(
                shape, fields.getInt(), fields.getLong(), fields.getLong(), fields.getInt(), fields.getInt());
        if (header.blockSize < 1
                || header.blockCount < 2
                || header.length < 0
                || header.generation < 1
                || header.generation == Long.MAX_VALUE) {
            throw new CorruptStoreException(at, "positive sizes and generation", header.toString());
        }
        return header;
    }

    private static void expect(Position at, String field, int expected, int found) throws CorruptStoreException {
        if (found != expected) {
            throw new CorruptStoreException(
                    at, field + " 0x" + Integer.toHexString(expected), "0x" + Integer.toHexString(found));
        }
    }
}
