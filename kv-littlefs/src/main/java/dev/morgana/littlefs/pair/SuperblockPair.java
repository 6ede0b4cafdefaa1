package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;

/** Writes the first pair of a new file system (section 7.2). */
public final class SuperblockPair {
    private final Pairs pairs;
    private final Revisions revisions;
    private final CommitWriter commits;
    private final BlockSource free;

    /**
     * A writer for that pair.
     *
     * @param forwardCrcs whether commits tell what stands behind them
     * @param free never asked, since this pair keeps its blocks
     */
    public SuperblockPair(Pairs pairs, WriteSettings writing, boolean forwardCrcs, BlockSource free) {
        this.pairs = pairs;
        this.revisions = new Revisions(writing.blockCycles());
        this.commits = new CommitWriter(pairs.blocks(), writing, forwardCrcs);
        this.free = free;
    }

    /**
     * Writes both blocks, so that nothing of an older file system can win, and reads them back.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if one of them is bad
     * @throws StoreException for this, or if the device fails
     */
    public void write(PairState state) throws StoreException {
        MetadataPair first = write(before(), state);
        write(first, state);
        pairs.clear();
        pairs.get(BlockPair.SUPERBLOCK, position());
    }

    private MetadataPair write(MetadataPair pair, PairState state) throws StoreException {
        return new CompactionTarget(pairs.blocks(), free, commits, pair).write(state, MoveState.NONE, MoveState.NONE);
    }

    /**
     * The pair that the first write replaces the older block of. Where there is a file system, its newer block stays until the
     * new one is there; else block 0 comes first.
     */
    private MetadataPair before() throws StoreException {
        try {
            MetadataPair old = pairs.get(BlockPair.SUPERBLOCK, position());
            return NewPairs.unwritten(old.blocks(), revisions.start(old.revision()));
        } catch (CorruptStoreException e) {
            return NewPairs.unwritten(
                    BlockPair.SUPERBLOCK.swapped(), revisions.start(NewPairs.staleRevision(pairs.blocks(), 1)));
        }
    }

    private Position position() {
        return pairs.blocks().position(0, 0, "superblock pair");
    }
}
