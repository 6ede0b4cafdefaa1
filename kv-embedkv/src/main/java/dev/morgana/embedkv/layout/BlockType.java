package dev.morgana.embedkv.layout;

/** What the first byte of a block in use says. */
public enum BlockType {
    /** The header of the storage, block 0. */
    HEADER(1, StorageHeader.BYTES),
    /** The first block of a record. */
    DESCRIPTOR(2, RecordDescriptor.BYTES),
    /** A further block of a record. */
    CHUNK(3, ValueChunk.BYTES);

    private final int code;
    private final int headerBytes;

    BlockType(int code, int headerBytes) {
        this.code = code;
        this.headerBytes = headerBytes;
    }

    /** The byte. */
    int code() {
        return code;
    }

    /** Tells whether a block says that it is of this type. */
    public boolean isOf(byte[] block) {
        return Byte.toUnsignedInt(block[0]) == code;
    }

    /** Tells whether a block of this type fits into so many bytes. */
    boolean fits(int blockSize) {
        return blockSize >= headerBytes + BlockChecksum.BYTES;
    }
}
