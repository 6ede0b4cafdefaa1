package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteOrder;

/** Makes pairs that nothing refers to yet (section 9.8). */
final class NewPairs {
    private final Pairs pairs;
    private final Revisions revisions;
    private final BlockSource free;
    private final CommitWriter commits;

    NewPairs(Pairs pairs, Revisions revisions, BlockSource free, CommitWriter commits) {
        this.pairs = pairs;
        this.revisions = revisions;
        this.free = free;
        this.commits = commits;
    }

    /**
     * Makes a pair.
     *
     * @throws NoSpaceException if there are no two free blocks, or the state does not fit into one
     * @throws StoreException for this, or if the device fails
     */
    MetadataPair create(PairState state) throws StoreException {
        long active = free.allocate();
        long other;
        try {
            other = free.allocate();
        } catch (NoSpaceException e) {
            free.free(active);
            throw e;
        }
        try {
            MetadataPair created = write(state, active, other);
            pairs.put(created);
            return created;
        } catch (NoSpaceException e) {
            free.free(active);
            free.free(other);
            throw e;
        }
    }

    /** Writes the first block. The second may still hold an old log, against which the new one has to win. */
    private MetadataPair write(PairState state, long active, long other) throws StoreException {
        int revision = revisions.start(staleRevision(pairs.blocks(), other));
        MetadataPair nothing = unwritten(new BlockPair(other, active), revision);
        MetadataPair created = new CompactionTarget(pairs.blocks(), free, commits, nothing)
                .write(state, state.moveDelta(), MoveState.NONE);
        if (created.activeBlock() != active) {
            free.reject(active); // It turned out to be bad, and another one took its place.
        }
        return created;
    }

    /** A pair of which the second block is to be written first. */
    static MetadataPair unwritten(BlockPair blocks, int revision) {
        return new MetadataPair(blocks, revision, 0, Tag.NO_PREVIOUS, false, false, PairState.EMPTY);
    }

    /** The revision that a block begins with, whatever it holds. */
    static int staleRevision(Blocks blocks, long block) throws DeviceException {
        try {
            return blocks.window(block)
                    .read(0, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
        } catch (BadBlockException e) {
            return 0;
        }
    }
}
