package com.example.toy.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What comes before the records of a snapshot.
 *
 * @param blockSize in bytes
 * @param blockCount blocks of the device
 * @param generation from 1
 * @param length of the records in bytes
 * @param crc the checksum as it is stored
 */
public record Header(int blockSize, int blockCount, long generation, int length, int crc) {
    /** The length of a header in bytes. */
    public static final int BYTES = 28;

    /** The last generation. */
    public static final long MAX_GENERATION = Long.MAX_VALUE;

    private static final int MAGIC = 0x31594f54;
    private static final int CRC_OFFSET = 24;

    /**
     * A header with the right checksum.
     *
     * @param records what follows it
     */
    public static Header of(int blockSize, int blockCount, long generation, byte[] records) {
        Header unchecked = new Header(blockSize, blockCount, generation, records.length, 0);
        return new Header(blockSize, blockCount, generation, records.length, unchecked.checksum(records));
    }

    /**
     * Reads a header.
     *
     * @param bytes at least {@link #BYTES}
     * @return the header, or empty if the magic is another one or a number is out of range
     */
    public static Optional<Header> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != MAGIC) {
            return Optional.empty();
        }
        Header header = new Header(in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.getInt());
        boolean possible = header.blockSize > 0 && header.blockCount > 0 && header.generation > 0 && header.length >= 0;
        return possible ? Optional.of(header) : Optional.empty();
    }

    /**
     * Tells whether this header belongs to records.
     *
     * @param records what follows it
     */
    public boolean covers(byte[] records) {
        return records.length == length && checksum(records) == crc;
    }

    private int checksum(byte[] records) {
        CRC32 crc32 = new CRC32();
        crc32.update(encode(), 0, CRC_OFFSET);
        crc32.update(records);
        return (int) crc32.getValue();
    }

    /** The bytes of this header. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(blockSize)
                .putInt(blockCount)
                .putLong(generation)
                .putInt(length)
                .putInt(crc)
                .array();
    }
}
