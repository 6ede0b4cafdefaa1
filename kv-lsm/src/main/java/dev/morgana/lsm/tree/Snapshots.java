package dev.morgana.lsm.tree;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that are being read. Pages that a commit gives up are kept for as long as a state from before it is open, or
 * copied into memory.
 */
final class Snapshots {
    /** Pages that no state from a version on needs. */
    record Retired(long version, BitSet pages) {}

    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private final Preserved preserved;
    private FileTable table;
    private long version;

    Snapshots(FileTable table, Preserved preserved) {
        this.table = table;
        this.preserved = preserved;
    }

    synchronized FileTable table() {
        return table;
    }

    /** Opens the present state. */
    synchronized Snapshot open(Pages pages, PageCache cache) {
        long pinned = version;
        open.merge(pinned, 1, Integer::sum);
        return new Snapshot(table, new PayloadReader(pages, cache, preserved, pinned), () -> close(pinned));
    }

    private synchronized void close(long pinned) {
        open.computeIfPresent(pinned, (key, count) -> count == 1 ? null : count - 1);
        preserved.forget(oldest());
    }

    private long oldest() {
        return open.isEmpty() ? version : open.firstKey();
    }

    /** Moves on to another state, and takes the pages that it does without. */
    synchronized void publish(FileTable next, BitSet givenUp) {
        table = next;
        version++;
        if (!givenUp.isEmpty()) {
            retired.add(new Retired(version, givenUp));
        }
    }

    /** Tells whether any state is being read. */
    synchronized boolean areOpen() {
        return !open.isEmpty();
    }

    /** The pages that nobody reads any more; they are told once. */
    synchronized BitSet reclaim() {
        BitSet free = new BitSet();
        while (!retired.isEmpty() && retired.getFirst().version <= oldest()) {
            free.or(retired.removeFirst().pages);
        }
        return free;
    }

    /** The pages that were given up first and are still read, or null; they are told once, to be preserved. */
    synchronized @Nullable Retired takeRetired() {
        return retired.pollFirst();
    }
}
