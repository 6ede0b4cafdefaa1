package dev.morgana.littlefs.pair;

/**
 * What the user says of how a file system is to be written (section 2.1). Nothing of it is on the medium.
 *
 * @param cacheSize bounds the size of inline files, in bytes; 0 for the block size
 * @param blockCycles after how many erases a metadata pair moves; -1 never
 * @param metadataMax how much of a metadata block is written to, in bytes; 0 for all of it
 * @param inlineMax the largest file that is written into its directory, in bytes; 0 for as large as possible, -1 for none
 * @param compactThreshold the fill of a metadata block in bytes above which garbage collection compacts it; 0 for 7/8 of the
 *     block, -1 for never
 * @param seed of the choices that the format leaves open
 * @param digests whether files get a digest of their content as an attribute
 */
public record WriteSettings(
        long cacheSize,
        long blockCycles,
        long metadataMax,
        long inlineMax,
        long compactThreshold,
        long seed,
        boolean digests) {
    private static final int INLINE_FRACTION = 8;
    private static final int FULL_FRACTION = 8;

    /** Up to where entries may fill a metadata block. */
    public int logLimit(int blockSize) {
        return metadataMax == 0 ? blockSize : (int) metadataMax;
    }

    /** The largest file that is written inline. */
    public int inlineLimit(int blockSize, long attrMax) {
        if (inlineMax < 0) {
            return 0;
        }
        long cache = cacheSize == 0 ? blockSize : cacheSize;
        long largest = Math.min(Math.min(cache, attrMax), logLimit(blockSize) / INLINE_FRACTION);
        return (int) (inlineMax == 0 ? largest : Math.min(inlineMax, largest));
    }

    /** The fill above which a metadata block is compacted on request; more than a block for never. */
    public long compactAbove(int blockSize) {
        if (compactThreshold < 0) {
            return Long.MAX_VALUE;
        }
        return compactThreshold == 0 ? blockSize - blockSize / FULL_FRACTION : compactThreshold;
    }
}
