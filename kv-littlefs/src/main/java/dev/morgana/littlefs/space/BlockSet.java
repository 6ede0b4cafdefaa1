package dev.morgana.littlefs.space;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of block numbers that takes memory only for the regions in which it has some. */
public final class BlockSet {
    private static final int PAGE_BITS = 1 << 15;

    private final Map<Long, BitSet> pages = new HashMap<>();
    private long size;

    /** Adds a block; false if it is in the set already. */
    public boolean add(long block) {
        BitSet page = pages.computeIfAbsent(block / PAGE_BITS, number -> new BitSet());
        int bit = (int) (block % PAGE_BITS);
        if (page.get(bit)) {
            return false;
        }
        page.set(bit);
        size++;
        return true;
    }

    /** Takes a block out, if it is in the set. */
    public void remove(long block) {
        BitSet page = pages.get(block / PAGE_BITS);
        int bit = (int) (block % PAGE_BITS);
        if (page != null && page.get(bit)) {
            page.clear(bit);
            size--;
        }
    }

    /** How many blocks there are. */
    public long size() {
        return size;
    }

    /** The first block from this one on that is not in the set. */
    public long nextAbsent(long from) {
        long block = from;
        while (true) {
            BitSet page = pages.get(block / PAGE_BITS);
            int bit = page == null ? (int) (block % PAGE_BITS) : page.nextClearBit((int) (block % PAGE_BITS));
            if (bit < PAGE_BITS) {
                return block / PAGE_BITS * PAGE_BITS + bit;
            }
            block = (block / PAGE_BITS + 1) * PAGE_BITS;
        }
    }

    /** Whether the block is in the set. */
    public boolean contains(long block) {
        BitSet page = pages.get(block / PAGE_BITS);
        return page != null && page.get((int) (block % PAGE_BITS));
    }
}
