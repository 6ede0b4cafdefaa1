package dev.morgana.littlefs.layout;

/**
 * The skip list of littlefs (section 12.2): block i has one pointer more than i has trailing zero bits, pointer k to block
 * i - 2^k.
 */
record LittlefsCtz(int blockSize) implements CtzLayout {
    /** On average a block has two pointers. */
    private static final int AVERAGE_POINTER_BYTES = 2 * POINTER_BYTES;

    @Override
    public int pointers(long index) {
        return index == 0 ? 0 : Long.numberOfTrailingZeros(index) + 1;
    }

    @Override
    public long pointersBefore(long index) {
        return index == 0 ? 0 : 2 * (index - 1) - Long.bitCount(index - 1);
    }

    @Override
    public long indexOf(long position) {
        int perBlock = blockSize - AVERAGE_POINTER_BYTES;
        long estimate = position / perBlock;
        if (estimate == 0) {
            return 0;
        }
        return (position - (long) POINTER_BYTES * (Long.bitCount(estimate - 1) + 2)) / perBlock;
    }

    @Override
    public int pointerTowards(long from, long target) {
        assert target < from : from + " to " + target;
        int longest = Long.SIZE - 1 - Long.numberOfLeadingZeros(from - target);
        return Math.min(longest, Long.numberOfTrailingZeros(from));
    }
}
