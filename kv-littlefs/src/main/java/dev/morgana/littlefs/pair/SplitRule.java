package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.PairState;

/**
 * When a pair is split (section 9.3): above half a block, so that the next compaction is far.
 *
 * @param limit up to where entries may fill a block, in bytes
 * @param programSize the unit of programming, in bytes
 */
record SplitRule(int limit, int programSize) {
    /** A pair has fewer entries than this, whatever their size. */
    static final int ENTRIES_MAX = 255;

    /** Room for a tail, a share of the global state, one delete and a CRC. */
    private static final int RESERVED_BYTES = 40;

    /** The first entry of the second part, or 0 if there is no need to split. */
    int splitPoint(PairState state) {
        int half = (limit / 2 + programSize - 1) / programSize * programSize;
        int most = Math.min(limit - RESERVED_BYTES, half);
        int end = state.entries().size();
        int from = 0;
        while (end - from > 1 && (end - from >= ENTRIES_MAX || size(state, from) > most)) {
            from += (end - from) / 2;
        }
        return from;
    }

    private static int size(PairState state, int from) {
        int size = 0;
        for (int id = from; id < state.entries().size(); id++) {
            size += state.entries().get(id).compactedLength();
        }
        return size;
    }
}
