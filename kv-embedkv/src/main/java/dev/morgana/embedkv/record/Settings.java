package dev.morgana.embedkv.record;

/**
 * How a store is formatted and opened; each value is within its range.
 *
 * @param blockSize in bytes, 0 to find out
 * @param blockCount of each device, 0 to find out
 * @param freePattern 0x00 or 0xff
 * @param replicaId of the first replica, for formatting
 * @param formatSeq for formatting
 * @param readOnly whether nothing may be written
 * @param strictVersion whether a header of another version is refused
 * @param indexBytes how much memory the index may take, about
 */
public record Settings(
        int blockSize,
        int blockCount,
        byte freePattern,
        long replicaId,
        long formatSeq,
        boolean readOnly,
        boolean strictVersion,
        long indexBytes) {
    /** These settings for somebody who only reads. */
    public Settings forReading() {
        return new Settings(blockSize, blockCount, freePattern, replicaId, formatSeq, true, strictVersion, indexBytes);
    }
}
