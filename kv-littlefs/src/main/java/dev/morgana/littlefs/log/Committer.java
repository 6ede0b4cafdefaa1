package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.PairWriter;
import dev.morgana.littlefs.pair.Relocation;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes pairs, each change atomically, and does what follows from it: pairs that move are made known to what refers to them,
 * pairs that become empty leave their directory (sections 9.5 and 9.9).
 *
 * <p>What follows from a move never moves a pair because of its wear. So at most one address at a time is outdated on the
 * medium, unless blocks go bad, and whoever repairs after a power loss, the C implementation included, needs one pass. A pair
 * that was due to move then owes it, and moves by a commit of its own as soon as no address is outdated: else pairs that are
 * written only because of others, such as the superblock's, would wear out.
 */
final class Committer {
    private final FileSystem fileSystem;

    /** Pairs that lost their last entry by a commit that was for something else. */
    private final Deque<Tracker> emptied = new ArrayDeque<>();

    /** Pairs that owe a move. What cannot be moved in the present operation waits for the next one. */
    private final Deque<Tracker> owing = new ArrayDeque<>();

    /** Whether something that a mount would find was written since the present commit began. */
    private boolean durable;

    Committer(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    private Volume volume() {
        return fileSystem.volume();
    }

    private MetadataPair pair(BlockPair address) throws StoreException {
        return fileSystem.pair(address);
    }

    /**
     * Commits changes to a pair.
     *
     * @throws NoSpaceException if they do not fit, and nothing was changed
     * @throws StoreException for this, or if the device fails, which may leave the change done or not
     */
    void commit(BlockPair address, PairChanges changes) throws StoreException {
        atomically(() -> {
            MetadataPair pair = pair(address);
            PairChanges all = withPendingDelete(pair, changes);
            Optional<MetadataPair> before = predecessorIfEmptied(pair, all);
            if (before.isPresent()) {
                fileSystem.trackers().shift(pair.blocks(), all);
                drop(pair, before.get());
            } else {
                write(pair, all, Relocation.IF_DUE);
            }
        });
    }

    /**
     * Makes the tail of a pair the tail of the pair behind it, which so leaves the thread with its share of the global state.
     *
     * @throws StoreException as {@link #commit} does
     */
    void unlink(BlockPair address, BlockPair leaving) throws StoreException {
        atomically(() -> drop(pair(leaving), pair(address)));
    }

    /**
     * Writes everything of a pair into its other block.
     *
     * @throws StoreException as {@link #commit} does
     */
    void compact(BlockPair address) throws StoreException {
        atomically(() -> {
            MetadataPair pair = pair(address);
            write(pair.asNotErased(), withPendingDelete(pair, new PairChanges()), Relocation.IF_DUE);
        });
    }

    /**
     * Leads the soft tail of a pair to where the next directory is now.
     *
     * @throws StoreException as {@link #commit} does
     */
    void redirect(BlockPair address, BlockPair next) throws StoreException {
        atomically(() -> writeConsequence(pair(address), new PairChanges().tail(next, false)));
    }

    private interface Step {
        void run() throws StoreException;
    }

    /** What cannot be finished for lack of space, though the change itself is durable, waits for the next repair. */
    private void atomically(Step step) throws StoreException {
        assert fileSystem.isRepaired() : "a change before the repair";
        List<Trackers.Saved> before = fileSystem.trackers().snapshot();
        durable = false;
        try {
            step.run();
            dropEmptied();
            moveOwing();
        } catch (StoreException e) {
            if (!durable) {
                fileSystem.trackers().restore(before);
            }
            fileSystem.invalidate();
            if (!durable || !(e instanceof NoSpaceException)) {
                throw e;
            }
        } finally {
            emptied.forEach(fileSystem.trackers()::release);
            emptied.clear();
        }
    }

    /**
     * Takes pairs without entries out of their directories. They are legal, but the C implementation makes up an entry for one
     * that is not the first of its directory.
     */
    private void dropEmptied() throws StoreException {
        while (!emptied.isEmpty()) {
            Tracker tracker = emptied.pop();
            fileSystem.trackers().release(tracker);
            MetadataPair pair = pair(tracker.pair());
            Optional<MetadataPair> before = hardPredecessor(pair);
            if (pair.state().entries().isEmpty() && before.isPresent()) {
                drop(pair, before.get());
            }
        }
    }

    /** Each pair moves once at most: what follows from its move can make it due again, and that without end. */
    private void moveOwing() throws StoreException {
        List<Tracker> moved = new ArrayList<>();
        List<Tracker> again = new ArrayList<>();
        try {
            while (!owing.isEmpty() && isConsistent()) {
                Tracker tracker = owing.poll();
                if (tracker.isGone()) {
                    fileSystem.trackers().release(tracker);
                } else if (moved.stream().anyMatch(done -> done.isIn(tracker.pair()))) {
                    again.add(tracker);
                } else {
                    moved.add(tracker);
                    move(pair(tracker.pair()));
                }
            }
        } finally {
            moved.forEach(fileSystem.trackers()::release);
            owing.addAll(again);
        }
    }

    private void move(MetadataPair pair) throws StoreException {
        if (fileSystem.writer().canMove(pair)) {
            write(pair, new PairChanges(), Relocation.NOW);
        }
    }

    /** Whether no step is half done on the medium. */
    private boolean isConsistent() {
        return !fileSystem.globalState().wanted().hasMove()
                && !fileSystem.globalState().hasOrphans();
    }

    private Optional<MetadataPair> hardPredecessor(MetadataPair pair) throws StoreException {
        return ThreadSearch.predecessor(volume(), pair.blocks())
                .filter(before -> before.state().isSplit());
    }

    /** The source of a half-done rename goes with the first commit to its pair, whatever that is for (section 10.4). */
    private PairChanges withPendingDelete(MetadataPair pair, PairChanges changes) {
        GlobalState global = fileSystem.globalState();
        MoveState wanted = global.wanted();
        if (!wanted.hasMove() || !wanted.source().sharesBlock(pair.blocks())) {
            return changes;
        }
        OptionalInt source = changes.shift(wanted.sourceId());
        source.ifPresent(changes::delete);
        global.moveEnds();
        fileSystem.refresh();
        return changes;
    }

    /** The pair before, in the same directory, of one that has no entries left. */
    private Optional<MetadataPair> predecessorIfEmptied(MetadataPair pair, PairChanges changes) throws StoreException {
        if (!changes.hasDelete() || !changes.applyTo(pair.state()).entries().isEmpty()) {
            return Optional.empty();
        }
        return hardPredecessor(pair);
    }

    private void drop(MetadataPair pair, MetadataPair before) throws StoreException {
        Tail tail = pair.state().tail();
        BlockPair next = tail == null ? BlockPair.NONE : tail.pair();
        boolean hard = tail != null && tail.hard();
        fileSystem.globalState().inherit(pair.state().moveDelta());
        writeConsequence(before, new PairChanges().tail(next, hard));
        if (hard && before.state().isSplit()) {
            fileSystem.trackers().dropped(pair.blocks(), next);
        } else {
            fileSystem.trackers().gone(pair.blocks());
        }
        volume().pairs().forget(pair.blocks());
        fileSystem.allocator().free(pair.blocks().first());
        fileSystem.allocator().free(pair.blocks().second());
    }

    private void writeConsequence(MetadataPair pair, PairChanges changes) throws StoreException {
        write(pair, withPendingDelete(pair, changes), Relocation.LATER);
    }

    private void write(MetadataPair pair, PairChanges changes, Relocation relocation) throws StoreException {
        PairWriter.Update update = fileSystem
                .writer()
                .write(pair, changes, fileSystem.globalState().difference(), relocation);
        follow(pair.blocks(), changes, update);
        volume().pairs().put(update.pair());
        if (update.owesMove()) {
            owing.add(fileSystem.trackers().directory(update.pair().blocks()));
        }
        if (update.pair().state().entries().isEmpty() && !pair.state().entries().isEmpty()) {
            emptied.push(fileSystem.trackers().directory(update.pair().blocks()));
        }
        Long replaced = update.replaced();
        if (replaced == null) {
            fileSystem.globalState().written();
            durable = true;
            fileSystem.refresh();
            assert fileSystem.stateAddsUp() : "global state and shares differ";
        } else {
            moved(pair.blocks(), update.pair().blocks());
            fileSystem.allocator().rest(replaced);
        }
    }

    private void follow(BlockPair pair, PairChanges changes, PairWriter.Update update) {
        Trackers trackers = fileSystem.trackers();
        trackers.shift(pair, changes);
        for (PairWriter.Split split : update.splits()) {
            trackers.split(pair, split.from(), split.pair());
        }
        BlockPair expanded = update.expanded();
        if (expanded != null) {
            trackers.move(pair, expanded);
            if (volume().root().sameBlocks(pair)) {
                fileSystem.rootMoved(expanded);
            }
        }
    }

    /** A pair has another block now: first its directory is told, then the pair before it (section 9.9). */
    private void moved(BlockPair from, BlockPair to) throws StoreException {
        volume().pairs().moved(from, to);
        fileSystem.trackers().move(from, to);
        if (volume().root().sameBlocks(from)) {
            fileSystem.rootMoved(to);
        }
        Optional<DirectoryEntry> parent = ThreadSearch.parent(volume(), from);
        Optional<MetadataPair> before = ThreadSearch.predecessor(volume(), from);
        if (parent.isPresent()
                && before.isPresent()
                && parent.get().pair().blocks().sameBlocks(before.get().blocks())) {
            PairChanges both = readdress(parent.get(), to);
            writeConsequence(before.get(), both.tail(to, before.get().state().isSplit()));
        } else {
            tellParent(parent, to);
            tellPredecessor(ThreadSearch.predecessor(volume(), from), to);
        }
        volume().pairs().settled(from);
        fileSystem.refresh();
    }

    private void tellParent(Optional<DirectoryEntry> parent, BlockPair to) throws StoreException {
        if (parent.isPresent()) {
            fileSystem.globalState().orphanBegins();
            writeConsequence(parent.get().pair(), readdress(parent.get(), to));
            fileSystem.globalState().orphanEnds();
        }
    }

    private void tellPredecessor(Optional<MetadataPair> before, BlockPair to) throws StoreException {
        if (before.isPresent()) {
            boolean hard = before.get().state().isSplit();
            writeConsequence(before.get(), new PairChanges().tail(to, hard));
        }
    }

    private static PairChanges readdress(DirectoryEntry directory, BlockPair to) {
        return new PairChanges().struct(directory.id(), new EntryStruct.Directory(to));
    }
}
