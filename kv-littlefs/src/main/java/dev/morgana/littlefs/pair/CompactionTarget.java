package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.LogWriter;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;

/** The block that a pair is compacted into: its other one, or one in place of it (sections 9.6 and 9.7). */
final class CompactionTarget {
    private final Blocks blocks;
    private final BlockSource free;
    private final CommitWriter commits;
    private final MetadataPair pair;
    private long block;

    /** The other block of a pair, for now. */
    CompactionTarget(Blocks blocks, BlockSource free, CommitWriter commits, MetadataPair pair) {
        this.blocks = blocks;
        this.free = free;
        this.commits = commits;
        this.pair = pair;
        this.block = pair.blocks().second();
    }

    private boolean isSuperblock() {
        return pair.blocks().sameBlocks(BlockPair.SUPERBLOCK);
    }

    /** Whether another block takes the place of the pair's own. */
    boolean isMoved() {
        return block != pair.blocks().second();
    }

    /**
     * Takes another block, since the pair's own is worn; the superblock's cannot move.
     *
     * @throws StoreException if free blocks cannot be found for another reason than that there are none
     */
    void replaceForWear() throws StoreException {
        if (isSuperblock()) {
            return;
        }
        try {
            block = free.allocate();
        } catch (NoSpaceException e) {
            assert !isMoved(); // A worn block is better than none.
        }
    }

    /**
     * Writes everything of a pair.
     *
     * @param oldDelta the pair's share of the global state so far
     * @param global what is to be added to it; left out if the pair is moved
     * @throws NoSpaceException if it does not fit, or a bad block cannot be replaced
     * @throws StoreException for this, or if the device fails
     */
    MetadataPair write(PairState state, MoveState oldDelta, MoveState global) throws StoreException {
        int revision = pair.revision() + 1;
        while (true) {
            PairState whole = state.withMoveDelta(isMoved() ? oldDelta : oldDelta.xor(global));
            LogWriter log = compose(whole, revision);
            if (blocks.erase(block) && commits.program(block, log)) {
                return CommitWriter.written(new BlockPair(block, pair.blocks().first()), revision, log, whole);
            }
            replaceBad();
        }
    }

    private LogWriter compose(PairState state, int revision) throws NoSpaceException {
        LogWriter log = commits.begin(block, 0, Tag.NO_PREVIOUS).revision(revision);
        for (PairChange change : state.compacted()) {
            if (!log.add(change)) {
                throw PeerError.NOSPC.on(new NoSpaceException("the entries of pair " + pair.blocks()));
            }
        }
        return log;
    }

    private void replaceBad() throws StoreException {
        if (isSuperblock()) {
            throw PeerError.NOSPC.on(new NoSpaceException("the superblock: block " + block + " is bad"));
        }
        long bad = block;
        block = free.allocate();
        if (bad != pair.blocks().second()) {
            free.reject(bad);
        }
    }
}
