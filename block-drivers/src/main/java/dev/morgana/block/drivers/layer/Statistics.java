package dev.morgana.block.drivers.layer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device was asked to do, at one moment.
 *
 * @param reads the reads
 * @param programs the programs
 * @param erases the erases
 * @param syncs the syncs; they have no bytes
 * @param blocks the counts of each block that was programmed or erased, by the position of its first byte
 * @param uncounted programs and erases that are in the totals but not in {@code blocks}, because there were too many blocks
 */
public record Statistics(
        OperationCount reads,
        OperationCount programs,
        OperationCount erases,
        OperationCount syncs,
        SortedMap<Long, BlockCount> blocks,
        long uncounted) {
    public Statistics {
        blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
    }

    /**
     * The counts of one block.
     *
     * @param start the position of its first byte, {@code geometry.startOf(block)}
     * @return the counts, zeros if it was never programmed or erased
     */
    public BlockCount block(long start) {
        return blocks.getOrDefault(start, BlockCount.NONE);
    }

    /** The totals in one line, for people. */
    @Override
    public String toString() {
        return "reads " + text(reads) + ", programs " + text(programs) + ", erases " + text(erases) + ", syncs "
                + syncs.calls();
    }

    private static String text(OperationCount count) {
        return count.calls() + " (" + count.bytes() + " bytes)";
    }
}
