package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.LogWriter;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit to one pair: after the last one where there is room and the bytes are still erased, else together with
 * everything else into the pair's other block, where entries beyond half a block go to pairs of their own (sections 9.2 to
 * 9.8). Everything that is written is durable when a method returns.
 */
public final class PairWriter {
    /** The superblock moves its entries out only while this share of the blocks is free: it never takes them back. */
    private static final int EXPANSION_FRACTION = 8;

    private static final int PIECE_BYTES = 4096;

    private final Pairs pairs;
    private final BlockSource free;
    private final Revisions revisions;
    private final CommitWriter commits;
    private final SplitRule splitRule;
    private final NewPairs newPairs;

    /**
     * A writer for the pairs of a file system.
     *
     * @param forwardCrcs whether commits tell what stands after them: not in version 2.0
     * @param free gives the blocks for further pairs, and for those in place of bad ones
     */
    public PairWriter(Pairs pairs, WriteSettings writing, boolean forwardCrcs, BlockSource free) {
        this.pairs = pairs;
        this.free = free;
        this.revisions = new Revisions(writing.blockCycles());
        this.commits = new CommitWriter(pairs.blocks(), writing, forwardCrcs);
        this.splitRule =
                new SplitRule(commits.limit(), pairs.blocks().geometry().programSize());
        this.newPairs = new NewPairs(pairs, revisions, free, commits);
    }

    /**
     * Where entries went that had no room left.
     *
     * @param from the id of the first of them
     * @param pair their pair
     */
    public record Split(int from, BlockPair pair) {}

    /**
     * What became of a pair.
     *
     * @param pair the pair
     * @param splits the pairs that were split off, in this order
     * @param expanded where all entries of the superblock pair went, or null
     * @param replaced the block that the pair does not have any more, or null
     * @param owesMove whether the pair was due to move, and did not since it had to keep its blocks
     */
    public record Update(
            MetadataPair pair,
            List<Split> splits,
            @Nullable BlockPair expanded,
            @Nullable Long replaced,
            boolean owesMove) {}

    /**
     * Makes a pair that nothing refers to yet (section 9.8).
     *
     * @throws NoSpaceException if there are no two free blocks, or the state does not fit into one
     * @throws StoreException for this, or if the device fails
     */
    public MetadataPair create(PairState state) throws StoreException {
        return newPairs.create(state);
    }

    /**
     * Makes as many pairs as entries need that nothing refers to yet, the last ones first.
     *
     * @return the first entries, which are still to be written, with the tail to the pairs of the others
     * @throws StoreException as {@link #create} does
     */
    public PairState createBehind(PairState whole) throws StoreException {
        PairState rest = whole;
        for (int from = splitRule.splitPoint(rest); from > 0; from = splitRule.splitPoint(rest)) {
            PairState part = rest.part(from, rest.entries().size(), rest.tail(), MoveState.NONE);
            rest = rest.part(0, from, new Tail(newPairs.create(part).blocks(), true, 0), rest.moveDelta());
        }
        return rest;
    }

    /** Whether compacting a pair makes room in it, or makes it one that commits can be appended to. */
    public boolean gainsByCompaction(MetadataPair pair) throws DeviceException {
        Geometry geometry = pairs.blocks().geometry();
        int end = Integer.BYTES;
        for (PairChange change : pair.state().compacted()) {
            end += change.length();
        }
        end = LogWriter.endOf(end, geometry.blockSize(), geometry.programSize());
        boolean opens = end <= geometry.blockSize() - geometry.programSize() && !isAppendable(pair);
        return end < pair.endOffset() || opens || splitRule.splitPoint(pair.state()) > 0;
    }

    /** Whether there is a block that a pair may move to; where not, it is better left alone than written for nothing. */
    public boolean canMove(MetadataPair pair) throws StoreException {
        return pair.blocks().sameBlocks(BlockPair.SUPERBLOCK)
                ? canExpand()
                : free.used() < pairs.blocks().count();
    }

    private boolean canExpand() throws StoreException {
        long count = pairs.blocks().count();
        return count - free.used() > count / EXPANSION_FRACTION;
    }

    /**
     * Commits changes to a pair.
     *
     * @param global what is to be added to the pair's share of the global state; left out if the pair is moved, since the old
     *     address still counts then
     * @param relocation whether the pair may be moved because of its wear
     * @throws NoSpaceException if there is no room in the pair and no block for another one
     * @throws StoreException for this, or if the device fails
     */
    public Update write(MetadataPair pair, PairChanges changes, MoveState global, Relocation relocation)
            throws StoreException {
        PairState after = changes.applyTo(pair.state());
        boolean room = after.entries().size() < SplitRule.ENTRIES_MAX;
        if (relocation != Relocation.NOW && room && isAppendable(pair)) {
            MetadataPair appended = append(pair, changes, after, global);
            if (appended != null) {
                return new Update(appended, List.of(), null, null, false);
            }
        }
        return compact(pair, after, global, relocation);
    }

    /** Appends a commit; null if it does not fit or the block does not take it. */
    private @Nullable MetadataPair append(MetadataPair pair, PairChanges changes, PairState after, MoveState global)
            throws StoreException {
        LogWriter log = commits.begin(pair.activeBlock(), pair.endOffset(), pair.previous());
        MoveState delta = pair.state().moveDelta().xor(global);
        for (PairChange change : changes.list()) {
            if (!log.add(change)) {
                return null;
            }
        }
        if (!global.isNone() && !log.add(delta.change())) {
            return null;
        }
        if (!commits.program(pair.activeBlock(), log)) {
            return null;
        }
        return CommitWriter.written(pair.blocks(), pair.revision(), log, after.withMoveDelta(delta));
    }

    /**
     * Whether the bytes after the last commit may be programmed. Version 2.0 does not tell whether somebody began to. Where
     * erased bytes are known, they do.
     */
    public boolean isAppendable(MetadataPair pair) throws DeviceException {
        if (!pair.erased() || pair.proved() || commits.hasForwardCrcs()) {
            return pair.proved();
        }
        OptionalInt erased = pairs.blocks().geometry().erased().byteValue();
        if (erased.isEmpty()) {
            return true;
        }
        BlockBytes block = pairs.blocks().window(pair.activeBlock());
        for (int at = pair.endOffset(); at < block.size(); at += PIECE_BYTES) {
            var piece = block.read(at, Math.min(PIECE_BYTES, block.size() - at));
            while (piece.hasRemaining()) {
                if (piece.get() != (byte) erased.getAsInt()) {
                    return false;
                }
            }
        }
        return true;
    }

    private Update compact(MetadataPair pair, PairState after, MoveState global, Relocation relocation)
            throws StoreException {
        List<Split> splits = new ArrayList<>();
        PairState rest = splitOff(after, splits);
        boolean due = relocation == Relocation.NOW || revisions.isMoveDue(pair.revision());
        boolean moves = due && relocation != Relocation.LATER;
        BlockPair expanded = null;
        if (moves && pair.blocks().sameBlocks(BlockPair.SUPERBLOCK)) {
            expanded = expand(rest);
            if (expanded != null) {
                rest = rest.part(0, 1, new Tail(expanded, true, 0), pair.state().moveDelta());
            }
        }
        CompactionTarget target = new CompactionTarget(pairs.blocks(), free, commits, pair);
        if (moves) {
            target.replaceForWear();
        }
        MetadataPair compacted = target.write(rest, pair.state().moveDelta(), global);
        Long replaced = target.isMoved() ? pair.blocks().second() : null;
        return new Update(compacted, splits, expanded, replaced, due && !moves && replaced == null);
    }

    /** Writes what is beyond half a block to new pairs, the last entries first; returns what is left. */
    private PairState splitOff(PairState whole, List<Split> splits) throws StoreException {
        PairState rest = whole;
        for (int from = splitRule.splitPoint(rest); from > 0; from = splitRule.splitPoint(rest)) {
            PairState part = rest.part(from, rest.entries().size(), rest.tail(), MoveState.NONE);
            try {
                BlockPair pair = newPairs.create(part).blocks();
                splits.add(new Split(from, pair));
                rest = rest.part(0, from, new Tail(pair, true, 0), rest.moveDelta());
            } catch (NoSpaceException e) {
                return rest; // It may still fit into one block, with less room for what comes.
            }
        }
        return rest;
    }

    /** Moves everything out of the superblock pair, which cannot move itself; null if there is too little space. */
    private @Nullable BlockPair expand(PairState state) throws StoreException {
        if (!canExpand()) {
            return null;
        }
        try {
            return newPairs.create(state.withMoveDelta(MoveState.NONE)).blocks();
        } catch (NoSpaceException e) {
            return null;
        }
    }
}
