package dev.morgana.littlefs.layout;

/**
 * Chamelon's list of blocks (chamelon page, D3 and R7): block i has log2 i pointers where i is a power of two, at least one,
 * and one pointer elsewhere. The first one is the block before; that is enough to read, and the others are not relied on.
 */
record ChamelonCtz(int blockSize) implements CtzLayout {
    /** A bound on the bytes of pointers beyond one in each block: 1 + 2 + ... + 30 for files of 2^31 bytes. */
    private static final long EXTRA_POINTER_BYTES = POINTER_BYTES * 30L * 31 / 2;

    @Override
    public int pointers(long index) {
        if (index == 0) {
            return 0;
        }
        return Long.bitCount(index) == 1 ? Math.max(1, Long.numberOfTrailingZeros(index)) : 1;
    }

    @Override
    public long pointersBefore(long index) {
        if (index <= 1) {
            return 0;
        }
        long last = index - 1;
        // Each of the blocks 1 to last has one pointer, and block 2^m has m - 1 more.
        int powers = Long.SIZE - 1 - Long.numberOfLeadingZeros(last);
        return last + powers * (powers - 1L) / 2;
    }

    @Override
    public long indexOf(long position) {
        long low = 0;
        long high = (position + EXTRA_POINTER_BYTES) / (blockSize - (long) POINTER_BYTES) + 1;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (startOf(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public int pointerTowards(long from, long target) {
        assert target < from : from + " to " + target;
        return 0;
    }
}
