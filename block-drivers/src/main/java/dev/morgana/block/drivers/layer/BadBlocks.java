package dev.morgana.block.drivers.layer;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which blocks are bad, and in what way; may change at any time. Safe for use by many threads: a change counts for the
 * requests that begin after it.
 */
public final class BadBlocks {
    private final NavigableMap<Long, BlockFault> faults = new ConcurrentSkipListMap<>();

    /** Makes a map without bad blocks. */
    public BadBlocks() {}

    /**
     * Makes a block bad; what was wrong with it before, is replaced.
     *
     * @param block its number, from 0, counted in blocks of the device around which the layer was put
     * @param fault what is wrong
     */
    public void mark(long block, BlockFault fault) {
        if (block < 0) {
            throw new IllegalArgumentException("block is negative: " + block);
        }
        faults.put(block, fault);
    }

    /**
     * Makes a block good.
     *
     * @param block its number
     */
    public void clear(long block) {
        faults.remove(block);
    }

    /** Makes all blocks good. */
    public void clear() {
        faults.clear();
    }

    /**
     * What is wrong with a block.
     *
     * @param block its number
     * @return the fault, or empty if the block is good
     */
    public Optional<BlockFault> fault(long block) {
        return Optional.ofNullable(faults.get(block));
    }

    /**
     * All bad blocks.
     *
     * @return a copy, by number
     */
    public NavigableMap<Long, BlockFault> all() {
        return new TreeMap<>(faults);
    }

    /** The first block with a fault among some. */
    Optional<Long> first(BlockFault fault, long from, long to) {
        return between(from, to).entrySet().stream()
                .filter(entry -> entry.getValue() == fault)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The bad blocks among some; a view. */
    NavigableMap<Long, BlockFault> between(long from, long to) {
        return faults.subMap(from, true, to, true);
    }
}
