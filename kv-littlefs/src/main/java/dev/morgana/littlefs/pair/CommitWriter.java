package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.LogWriter;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.StoreException;

/** Composes single commits, and programs them so that they are durable. */
final class CommitWriter {
    private final Blocks blocks;
    private final int limit;
    private final boolean forwardCrcs;

    CommitWriter(Blocks blocks, WriteSettings writing, boolean forwardCrcs) {
        this.blocks = blocks;
        this.limit = writing.logLimit(blocks.size());
        this.forwardCrcs = forwardCrcs;
    }

    /** Up to where entries may fill a block. */
    int limit() {
        return limit;
    }

    /** Whether commits tell what stands behind them: not in version 2.0. */
    boolean hasForwardCrcs() {
        return forwardCrcs;
    }

    /** Begins a commit in a block. */
    LogWriter begin(long block, int start, int previous) {
        return new LogWriter(
                blocks.window(block), start, previous, limit, blocks.geometry().programSize(), forwardCrcs);
    }

    /**
     * Closes and programs a commit.
     *
     * @return whether it is there, and durable; if not, the block is bad
     * @throws StoreException if the device fails in another way
     */
    boolean program(long block, LogWriter log) throws StoreException {
        try {
            log.close();
        } catch (BadBlockException e) {
            return false;
        }
        if (!blocks.program(block, log.start(), log.bytes())) {
            return false;
        }
        blocks.sync();
        return true;
    }

    /** The pair behind a commit. */
    static MetadataPair written(BlockPair blocks, int revision, LogWriter log, PairState state) {
        return new MetadataPair(blocks, revision, log.offset(), log.previous(), log.hasRoom(), log.hasRoom(), state);
    }
}
