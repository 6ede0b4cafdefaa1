package dev.morgana.littlefs.log;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of block numbers that takes memory only for the regions in which it has some. */
public final class BlockSet {
    private static final int PAGE_BITS = 1 << 15;

    private final Map<Long, BitSet> pages = new HashMap<>();

    /** Adds a block; false if it is in the set already. */
    public boolean add(long block) {
        BitSet page = pages.computeIfAbsent(block / PAGE_BITS, number -> new BitSet());
        int bit = (int) (block % PAGE_BITS);
        if (page.get(bit)) {
            return false;
        }
        page.set(bit);
        return true;
    }

    /** Whether the block is in the set. */
    public boolean contains(long block) {
        BitSet page = pages.get(block / PAGE_BITS);
        return page != null && page.get((int) (block % PAGE_BITS));
    }
}
