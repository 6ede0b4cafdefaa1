package dev.morgana.block.drivers.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what devices are asked to do. One recorder may serve several devices, and all views of one. Safe for use by many
 * threads.
 *
 * <p>A block is known by the position where it began when the request came, so that the counts of one device keep their
 * meaning when it is reshaped. Memory is bounded: from a number of blocks on, new ones count only in the totals.
 */
public final class StatisticsRecorder {
    /** How many blocks are counted one by one unless told otherwise: those of a part of 256 MiB with blocks of 4 KiB. */
    public static final int USUAL_BLOCKS = 65536;

    private final int maxBlocks;
    private final Map<Long, BlockCount> blocks = new HashMap<>();
    private OperationCount reads = OperationCount.NONE;
    private OperationCount programs = OperationCount.NONE;
    private OperationCount erases = OperationCount.NONE;
    private OperationCount syncs = OperationCount.NONE;
    private long uncounted;

    /** Makes a recorder for {@link #USUAL_BLOCKS} blocks. */
    public StatisticsRecorder() {
        this(USUAL_BLOCKS);
    }

    /**
     * Makes a recorder.
     *
     * @param maxBlocks how many blocks are counted one by one, at least 0; each takes about 100 bytes
     */
    public StatisticsRecorder(int maxBlocks) {
        if (maxBlocks < 0) {
            throw new IllegalArgumentException("maxBlocks is negative: " + maxBlocks);
        }
        this.maxBlocks = maxBlocks;
    }

    /**
     * The counts so far.
     *
     * @return a copy
     */
    public synchronized Statistics snapshot() {
        return new Statistics(reads, programs, erases, syncs, new TreeMap<>(blocks), uncounted);
    }

    /** Begins again from zero. */
    public synchronized void reset() {
        reads = OperationCount.NONE;
        programs = OperationCount.NONE;
        erases = OperationCount.NONE;
        syncs = OperationCount.NONE;
        blocks.clear();
        uncounted = 0;
    }

    synchronized void countRead(long length, boolean failed) {
        reads = reads.plus(length, failed);
    }

    synchronized void countProgram(long blockStart, long length, boolean failed) {
        programs = programs.plus(length, failed);
        countBlock(blockStart, 0, 1);
    }

    synchronized void countErase(long blockStart, long length, boolean failed) {
        erases = erases.plus(length, failed);
        countBlock(blockStart, 1, 0);
    }

    synchronized void countSync(boolean failed) {
        syncs = syncs.plus(0, failed);
    }

    private void countBlock(long start, int moreErases, int morePrograms) {
        BlockCount count = blocks.get(start);
        if (count == null && blocks.size() == maxBlocks) {
            uncounted++;
            return;
        }
        BlockCount before = count == null ? BlockCount.NONE : count;
        blocks.put(start, new BlockCount(before.erases() + moreErases, before.programs() + morePrograms));
    }
}
