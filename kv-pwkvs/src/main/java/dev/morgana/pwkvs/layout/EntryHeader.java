package dev.morgana.pwkvs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first 16 bytes of an entry (section 3.1). Sizes are what the bytes say, plausible or not. */
public record EntryHeader(int magic, int checksum, int units, int keyLength, int valueSize, int transactionId) {
    /** The size of a header, and the smallest alignment of entries. */
    public static final int BYTES = 16;
    /** The longest key. */
    public static final int KEY_MAX = 63;
    /** The value size that stands for a tombstone. */
    public static final int TOMBSTONE = 0xffff;

    static final int CHECKSUM_OFFSET = 4;

    private static ByteBuffer littleEndian(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Decodes any 16 bytes. */
    public static EntryHeader decode(byte[] bytes, int at) {
        ByteBuffer in = littleEndian(bytes, at);
        return new EntryHeader(
                in.getInt(),
                in.getInt(),
                Byte.toUnsignedInt(in.get()),
                Byte.toUnsignedInt(in.get()),
                Short.toUnsignedInt(in.getShort()),
                in.getInt());
    }

    /** Encodes into 16 bytes. */
    public void encode(byte[] bytes, int at) {
        littleEndian(bytes, at)
                .putInt(magic)
                .putInt(checksum)
                .put((byte) units)
                .put((byte) keyLength)
                .putShort((short) valueSize)
                .putInt(transactionId);
    }

    /** Whether the entry says that its key is deleted. */
    public boolean isTombstone() {
        return valueSize == TOMBSTONE;
    }

    /** The bytes of value that follow the key. */
    public int valueLength() {
        return isTombstone() ? 0 : valueSize;
    }

    /** What the size of the entry is a multiple of. */
    public int alignment() {
        return (units + 1) * BYTES;
    }

    /** Where the value begins, from the start of the entry. */
    public int valueOffset() {
        return BYTES + keyLength;
    }

    /** The bytes up to the end of the value. */
    public int contentLength() {
        return valueOffset() + valueLength();
    }

    /** The bytes on flash, padding included. */
    public int size() {
        return alignUp(contentLength(), alignment());
    }

    /** The same entry with another checksum. */
    EntryHeader withChecksum(int value) {
        return new EntryHeader(magic, value, units, keyLength, valueSize, transactionId);
    }

    /** The smallest multiple of an alignment that is not below a number. */
    public static int alignUp(int number, int alignment) {
        return (number + alignment - 1) / alignment * alignment;
    }
}
