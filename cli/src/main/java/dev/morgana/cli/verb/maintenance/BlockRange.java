package dev.morgana.cli.verb.maintenance;

import java.util.List;

/** Blocks one after the other. */
record BlockRange(long first, long last) {
    /** Adds a block to ranges; blocks come in ascending order. */
    static void add(List<BlockRange> ranges, long block) {
        int end = ranges.size() - 1;
        if (end >= 0 && ranges.get(end).last == block - 1) {
            ranges.set(end, new BlockRange(ranges.get(end).first, block));
        } else {
            ranges.add(new BlockRange(block, block));
        }
    }

    @Override
    public String toString() {
        return first == last ? "block " + first : "blocks " + first + " to " + last;
    }
}
