package dev.morgana.embedkv.layout;

/**
 * What fits into blocks of a size (section 8).
 *
 * @param bytes the size of a block; with less than {@link #LEAST} no record fits
 */
public record BlockSize(int bytes) {
    /** The least size that a header fits into; the reference implementations open such a store, and it holds nothing. */
    public static final int LEAST_OPENED = 32;

    /** The least size that a record fits into. */
    public static final int LEAST = RecordDescriptor.BYTES + BlockChecksum.BYTES;

    /** The largest value that a descriptor can tell the size of. */
    public static final long MAX_VALUE = 0xffffffffL;

    private static final int MAX_KEY = 0xffff;

    /** The longest key in bytes; negative if not even an empty one fits. */
    public int maxKey() {
        return Math.min(MAX_KEY, bytes - LEAST);
    }

    /** How many bytes of a value fit beside a key. */
    public int firstCapacity(int keyBytes) {
        assert keyBytes <= maxKey() : keyBytes;
        return bytes - LEAST - keyBytes;
    }

    /** How many bytes of a value fit into one chunk. */
    public int chunkCapacity() {
        return bytes - ValueChunk.BYTES - BlockChecksum.BYTES;
    }

    /** How many blocks a record takes that is packed as the reference implementations do it. */
    public long blocks(int keyBytes, long valueBytes) {
        long rest = valueBytes - firstCapacity(keyBytes);
        return rest <= 0 ? 1 : 1 + (rest + chunkCapacity() - 1) / chunkCapacity();
    }
}
