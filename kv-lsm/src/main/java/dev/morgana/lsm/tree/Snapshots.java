package dev.morgana.lsm.tree;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.TreeMap;

/**
 * The states that are being read. Pages that a commit gives up are kept for as long as a state from before it is open.
 */
final class Snapshots {
    private record Retired(long version, BitSet pages) {}

    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private FileTable table;
    private long version;

    Snapshots(FileTable table) {
        this.table = table;
    }

    synchronized FileTable table() {
        return table;
    }

    /** Opens the present state. */
    synchronized Snapshot open(PayloadReader payloads) {
        long pinned = version;
        open.merge(pinned, 1, Integer::sum);
        return new Snapshot(table, payloads, () -> close(pinned));
    }

    private synchronized void close(long pinned) {
        open.computeIfPresent(pinned, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Moves on to another state, and takes the pages that it does without. */
    synchronized void publish(FileTable next, BitSet givenUp) {
        table = next;
        version++;
        retired.add(new Retired(version, givenUp));
    }

    /** Tells whether any state is being read. */
    synchronized boolean areOpen() {
        return !open.isEmpty();
    }

    /** The pages that nobody reads any more; they are told once. */
    synchronized BitSet reclaim() {
        BitSet free = new BitSet();
        long oldest = open.isEmpty() ? Long.MAX_VALUE : open.firstKey();
        while (!retired.isEmpty() && retired.getFirst().version <= oldest) {
            free.or(retired.removeFirst().pages);
        }
        return free;
    }
}
