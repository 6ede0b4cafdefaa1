package dev.morgana.embedkv.record;

/**
 * A complete record of a replica.
 *
 * @param key the key
 * @param generation 0 to 2^32-1
 * @param size of the value in bytes
 * @param userFlags the caller's 32 bits
 * @param blocks its blocks in the order of the value, the descriptor first
 * @param packed whether every block but the last is full, as the reference implementations pack, so that offsets tell blocks
 * @param fingerprint of the value and how it is cut into blocks; equal values may have different ones, if strangers packed them
 */
public record StoredRecord(
        byte[] key, long generation, long size, long userFlags, int[] blocks, boolean packed, int fingerprint) {
    /** The block of its descriptor. */
    public int descriptor() {
        return blocks[0];
    }

    /** Tells whether another record of the key says the same, on whatever blocks. */
    boolean saysTheSameAs(StoredRecord other) {
        return generation == other.generation
                && size == other.size
                && userFlags == other.userFlags
                && fingerprint == other.fingerprint;
    }
}
