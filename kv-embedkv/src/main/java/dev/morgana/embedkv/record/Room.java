package dev.morgana.embedkv.record;

import java.util.BitSet;

/**
 * Which blocks of a replica may be written: those that were found free, lowest first, as the reference implementations take
 * them.
 */
final class Room {
    /** The answer where there is no room. */
    static final int FULL = -1;

    private final int count;
    private final BitSet occupied;
    private int free;

    /** No block below this one is free. */
    private int lowest = 1;

    /** Room on a replica of so many blocks, block 0 included, of which some are not free. */
    Room(int count, BitSet occupied) {
        this.count = count;
        this.occupied = (BitSet) occupied.clone();
        this.occupied.set(0);
        this.free = count - this.occupied.cardinality();
        assert this.occupied.length() <= count : this.occupied.length();
    }

    /** How many blocks are free. */
    int free() {
        return free;
    }

    /** Takes the lowest free block, or answers {@link #FULL}. */
    int take() {
        if (free == 0) {
            return FULL;
        }
        int block = occupied.nextClearBit(lowest);
        assert block < count : block;
        occupied.set(block);
        lowest = block + 1;
        free--;
        return block;
    }

    /** Gives back a block that was written with the free pattern. */
    void give(int block) {
        assert block > 0 && occupied.get(block) : block;
        occupied.clear(block);
        lowest = Math.min(lowest, block);
        free++;
    }

    /** The blocks that are not free, block 0 included. */
    BitSet occupied() {
        return (BitSet) occupied.clone();
    }
}
