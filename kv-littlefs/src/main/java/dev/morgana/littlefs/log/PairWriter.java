package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.LogWriter;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit to one pair: behind the last one where there is room and the bytes are still erased, else together with
 * everything else into the pair's other block, where entries beyond half a block go to pairs of their own (sections 9.2 to
 * 9.8). Everything that is written is durable when a method returns.
 */
final class PairWriter {
    /** Above this many entries a pair is split, whatever their size. */
    private static final int ENTRIES_MAX = 255;

    /** Room for a tail, a share of the global state, one delete and a CRC. */
    private static final int RESERVED_BYTES = 40;

    /** The superblock moves its entries out only while this share of the blocks is free: it never takes them back. */
    private static final int EXPANSION_FRACTION = 8;

    private static final int PIECE_BYTES = 4096;

    private final Volume volume;
    private final Allocator allocator;
    private final Revisions revisions;
    private final int limit;
    private final boolean forwardCrcs;

    /**
     * A writer for the pairs of a file system.
     *
     * @param allocator gives the blocks for further pairs, and for those in place of bad ones
     */
    PairWriter(Volume volume, Allocator allocator) {
        Settings settings = volume.settings();
        this.volume = volume;
        this.allocator = allocator;
        this.revisions = new Revisions(settings.writing().blockCycles());
        this.limit = settings.writing().logLimit(volume.blocks().size());
        this.forwardCrcs = settings.minorVersion() > 0;
    }

    /**
     * Where entries went that had no room left.
     *
     * @param from the id of the first of them
     * @param pair their pair
     */
    record Split(int from, BlockPair pair) {}

    /**
     * What became of a pair.
     *
     * @param pair the pair
     * @param splits the pairs that were split off, in this order
     * @param expanded where all entries of the superblock pair went, or null
     * @param replaced the block that the pair does not have any more, or null
     */
    record Update(
            MetadataPair pair,
            List<Split> splits,
            @Nullable BlockPair expanded,
            @Nullable Long replaced) {}

    /**
     * Commits changes to a pair.
     *
     * @param global what is to be added to the pair's share of the global state; left out if the pair is moved, since the old
     *     address still counts then
     * @param mayMove whether the pair may be moved because of its wear
     * @throws NoSpaceException if there is no room in the pair and no block for another one
     * @throws StoreException for this, or if the device fails
     */
    Update write(MetadataPair pair, PairChanges changes, MoveState global, boolean mayMove) throws StoreException {
        PairState after = changes.applyTo(pair.state());
        if (pair.erased() && after.entries().size() < ENTRIES_MAX) {
            MetadataPair appended = append(pair, changes, after, global);
            if (appended != null) {
                return new Update(appended, List.of(), null, null);
            }
        }
        return compact(pair, after, global, mayMove);
    }

    /** Appends a commit; null if it does not fit or the block does not take it. */
    private @Nullable MetadataPair append(MetadataPair pair, PairChanges changes, PairState after, MoveState global)
            throws StoreException {
        BlockBytes block = volume.blocks().window(pair.activeBlock());
        if (!restIsErased(pair, block)) {
            return null;
        }
        LogWriter log = writer(block, pair.endOffset(), pair.previous());
        MoveState delta = pair.state().moveDelta().xor(global);
        for (PairChange change : changes.list()) {
            if (!log.add(change)) {
                return null;
            }
        }
        if (!global.isNone() && !log.add(delta.change())) {
            return null;
        }
        if (!program(pair.activeBlock(), log)) {
            return null;
        }
        return written(pair.blocks(), pair.revision(), log, after.withMoveDelta(delta));
    }

    /**
     * Version 2.0 does not tell whether somebody began to program behind the last commit. Where erased bytes are known, they
     * do.
     */
    private boolean restIsErased(MetadataPair pair, BlockBytes block) throws DeviceException {
        OptionalInt erased = volume.blocks().geometry().erased().byteValue();
        if (forwardCrcs || !pair.fetched() || erased.isEmpty()) {
            return true;
        }
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

    private LogWriter writer(BlockBytes block, int start, int previous) {
        return new LogWriter(
                block, start, previous, limit, volume.blocks().geometry().programSize(), forwardCrcs);
    }

    /** Closes and programs a commit; false if the block is bad. */
    private boolean program(long block, LogWriter log) throws StoreException {
        try {
            log.close();
        } catch (BadBlockException e) {
            return false;
        }
        if (!volume.blocks().program(block, log.start(), log.bytes())) {
            return false;
        }
        volume.blocks().sync();
        return true;
    }

    private static MetadataPair written(BlockPair blocks, int revision, LogWriter log, PairState state) {
        return new MetadataPair(blocks, revision, log.offset(), log.previous(), log.hasRoom(), false, state);
    }

    private Update compact(MetadataPair pair, PairState after, MoveState global, boolean mayMove)
            throws StoreException {
        List<Split> splits = new ArrayList<>();
        PairState rest = splitOff(after, splits);
        boolean due = mayMove && revisions.isMoveDue(pair.revision());
        BlockPair expanded = null;
        if (due && pair.blocks().sameBlocks(BlockPair.SUPERBLOCK)) {
            expanded = expand(rest);
            if (expanded != null) {
                rest = rest.part(0, 1, new Tail(expanded, true, 0), pair.state().moveDelta());
            }
        }
        Target target = new Target(pair, due);
        MetadataPair compacted = target.write(rest, pair.state().moveDelta(), global);
        return new Update(
                compacted, splits, expanded, target.isMoved() ? pair.blocks().second() : null);
    }

    /** Writes what is beyond half a block to new pairs, the last entries first; answers what is left. */
    private PairState splitOff(PairState whole, List<Split> splits) throws StoreException {
        PairState rest = whole;
        for (int from = splitPoint(rest); from > 0; from = splitPoint(rest)) {
            PairState part = rest.part(from, rest.entries().size(), rest.tail(), MoveState.NONE);
            try {
                BlockPair pair = create(part).blocks();
                splits.add(new Split(from, pair));
                rest = rest.part(0, from, new Tail(pair, true, 0), rest.moveDelta());
            } catch (NoSpaceException e) {
                return rest; // It may still fit into one block, with less room for what comes.
            }
        }
        return rest;
    }

    /** The first entry of the second part, or 0 if there is no need to split. */
    private int splitPoint(PairState state) {
        int programSize = volume.blocks().geometry().programSize();
        int half = (limit / 2 + programSize - 1) / programSize * programSize;
        int most = Math.min(limit - RESERVED_BYTES, half);
        int end = state.entries().size();
        int from = 0;
        while (end - from > 1) {
            int size = 0;
            for (int id = from; id < end; id++) {
                size += state.entries().get(id).compactedLength();
            }
            if (end - from < ENTRIES_MAX && size <= most) {
                break;
            }
            from += (end - from) / 2;
        }
        return from;
    }

    /** Moves everything out of the superblock pair, which cannot move itself; null if there is too little space. */
    private @Nullable BlockPair expand(PairState state) throws StoreException {
        long count = volume.blocks().count();
        if (count - allocator.used() <= count / EXPANSION_FRACTION) {
            return null;
        }
        try {
            return create(state.withMoveDelta(MoveState.NONE)).blocks();
        } catch (NoSpaceException e) {
            return null;
        }
    }

    /**
     * Makes a new pair (section 9.8).
     *
     * @throws NoSpaceException if there are no two free blocks, or the state does not fit into one
     * @throws StoreException for this, or if the device fails
     */
    MetadataPair create(PairState state) throws StoreException {
        long active = allocator.allocate();
        long other;
        try {
            other = allocator.allocate();
        } catch (NoSpaceException e) {
            allocator.free(active);
            throw e;
        }
        int revision = revisions.start(staleRevision(other));
        MetadataPair empty =
                new MetadataPair(new BlockPair(other, active), revision, 0, 0, false, false, PairState.EMPTY);
        try {
            MetadataPair created = new Target(empty, false).write(state, state.moveDelta(), MoveState.NONE);
            volume.pairs().put(created);
            if (created.activeBlock() != active) {
                allocator.reject(active); // It turned out to be bad, and another one took its place.
            }
            return created;
        } catch (NoSpaceException e) {
            allocator.free(active);
            allocator.free(other);
            throw e;
        }
    }

    /**
     * Writes a state into the other block of a pair.
     *
     * @throws NoSpaceException if it does not fit, or the block is bad and cannot be replaced
     * @throws StoreException for this, or if the device fails
     */
    MetadataPair rewrite(MetadataPair pair, PairState state) throws StoreException {
        return new Target(pair, false).write(state, state.moveDelta(), MoveState.NONE);
    }

    /** The other block may still hold an old log; the new one has to win against it. */
    private int staleRevision(long block) throws DeviceException {
        try {
            return volume.blocks()
                    .window(block)
                    .read(0, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
        } catch (BadBlockException e) {
            return 0;
        }
    }

    /** The block that a pair is compacted into: its other one, or one in place of it. */
    private final class Target {
        private final MetadataPair pair;
        private final int revision;
        private long block;

        Target(MetadataPair pair, boolean due) throws StoreException {
            this.pair = pair;
            this.revision = pair.revision() + 1;
            this.block = pair.blocks().second();
            if (due && !isSuperblock()) {
                replaceForWear();
            }
        }

        private boolean isSuperblock() {
            return pair.blocks().sameBlocks(BlockPair.SUPERBLOCK);
        }

        boolean isMoved() {
            return block != pair.blocks().second();
        }

        private void replaceForWear() throws StoreException {
            try {
                block = allocator.allocate();
            } catch (NoSpaceException e) {
                // A worn block is better than none.
                assert !isMoved();
            }
        }

        MetadataPair write(PairState state, MoveState oldDelta, MoveState global) throws StoreException {
            while (true) {
                PairState whole = state.withMoveDelta(isMoved() ? oldDelta : oldDelta.xor(global));
                LogWriter log = writer(volume.blocks().window(block), 0, Tag.NO_PREVIOUS)
                        .revision(revision);
                for (PairChange change : whole.compacted()) {
                    if (!log.add(change)) {
                        throw PeerError.NOSPC.on(new NoSpaceException("the entries of pair " + pair.blocks()));
                    }
                }
                if (volume.blocks().erase(block) && program(block, log)) {
                    return written(new BlockPair(block, pair.blocks().first()), revision, log, whole);
                }
                replaceBad();
            }
        }

        private void replaceBad() throws StoreException {
            if (isSuperblock()) {
                throw PeerError.NOSPC.on(new NoSpaceException("the superblock: block " + block + " is bad"));
            }
            long bad = block;
            block = allocator.allocate();
            if (bad != pair.blocks().second()) {
                allocator.reject(bad);
            }
        }
    }
}
