package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;

/** Finishes what an interrupted writer left half done, before anything else is written (sections 10.5 and 10.6). */
public final class Repair {
    private final FileSystem fileSystem;

    Repair(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** Whether there is anything to do. */
    boolean isNeeded() {
        return isOutdated()
                || fileSystem.globalState().wanted().hasMove()
                || fileSystem.globalState().hasOrphans();
    }

    /**
     * Does it. Every step is a commit of its own, and may be interrupted.
     *
     * @param mendThread whether to take orphans off the thread also where the medium has no flag for them
     * @throws CorruptStoreException if there may be orphans and a directory cannot be read, since what only that directory names
     *     would be taken for an orphan; or if a rename is to be finished whose source is not there. Nothing was written
     * @throws StoreException for this, and as {@link Committer#commit} does
     */
    public void run(boolean mendThread) throws StoreException {
        boolean orphans = mendThread || fileSystem.globalState().hasOrphans();
        if (orphans) {
            requireWholeTree();
        }
        BlockPair source = source(fileSystem.globalState().wanted());
        if (isOutdated()) {
            upgrade();
        }
        MoveState state = fileSystem.globalState().wanted();
        if (state.hasMove()) {
            fileSystem.commit(source, new PairChanges());
        }
        if (orphans) {
            mendThread();
        }
    }

    private void requireWholeTree() throws StoreException {
        TreeWalk tree = new TreeWalk(fileSystem.volume());
        while (tree.next() != null) {}
    }

    /** Makes the thread hold the pairs of the tree and no others. */
    private void mendThread() throws StoreException {
        boolean mended = true;
        while (mended) {
            mended = mendAddresses(); // A mended address may show another one that is outdated.
        }
        removeOrphans();
        fileSystem.globalState().orphansGone();
    }

    /**
     * The pair that has the source of a half-done rename, under the address that it has now; where there is no rename, any. A
     * rename that cannot be finished must not be found out after the first write.
     */
    private BlockPair source(MoveState state) throws StoreException {
        if (!state.hasMove()) {
            return fileSystem.volume().root();
        }
        Volume volume = fileSystem.volume();
        Position share = volume.blocks().position(Position.NO_BLOCK, 0, "pending rename");
        String found = "pair " + state.source() + ", which is not in the file system";
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            if (pair.state().moveDelta().hasMove()) {
                share = volume.blocks().position(pair.activeBlock(), 0, "pending rename");
            }
            if (state.source().sharesBlock(pair.blocks())) {
                List<MetadataEntry> entries = pair.state().entries();
                if (state.sourceId() < entries.size()
                        && !entries.get(state.sourceId()).isSuperblock()) {
                    return pair.blocks();
                }
                found = "entry " + state.sourceId() + " of pair " + state.source() + ", which is not an entry";
            }
        }
        throw PeerError.corrupt(share, "the entry that is to be deleted", found);
    }

    private boolean isOutdated() {
        Volume volume = fileSystem.volume();
        return volume.settings().upgrade()
                && volume.superblock().minor() < volume.settings().minorVersion();
    }

    private void upgrade() throws StoreException {
        Superblock old = fileSystem.volume().superblock();
        int version =
                Settings.MAJOR_VERSION << 16 | fileSystem.volume().settings().minorVersion();
        fileSystem.replaceSuperblock(new Superblock(
                version,
                old.blockSize(),
                old.blockCount(),
                fileSystem.volume().nameMax(),
                fileSystem.volume().fileMax(),
                fileSystem.volume().attrMax()));
    }

    /** First pass: tails that lead to an older place of a directory than its entry names. */
    private boolean mendAddresses() throws StoreException {
        boolean mended = false;
        ThreadWalk thread = new ThreadWalk(fileSystem.volume().pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            Tail tail = pair.state().tail();
            Optional<BlockPair> named = tail == null || tail.hard() ? Optional.empty() : otherName(tail.pair());
            if (named.isPresent()) {
                fileSystem.committer().redirect(pair.blocks(), named.get());
                thread.continueAt(named.get());
                mended = true;
            }
        }
        return mended;
    }

    /** The address that a directory's entry has, if it is not the one given. */
    private Optional<BlockPair> otherName(BlockPair threaded) throws StoreException {
        return ThreadSearch.parent(fileSystem.volume(), threaded)
                .map(parent -> parent.entry().struct())
                .filter(EntryStruct.Directory.class::isInstance)
                .map(struct -> ((EntryStruct.Directory) struct).pair())
                .filter(named -> !named.sameBlocks(threaded));
    }

    /** Second pass: directories that have no entry leave the thread. Whatever follows one comes next on it. */
    private void removeOrphans() throws StoreException {
        Tracker last = fileSystem.trackers().directory(BlockPair.SUPERBLOCK);
        try {
            ThreadWalk thread = new ThreadWalk(fileSystem.volume().pairs());
            for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
                boolean orphan = fileSystem.pair(last.pair()).leadsTo(pair.blocks())
                        && ThreadSearch.parent(fileSystem.volume(), pair.blocks())
                                .isEmpty();
                if (orphan) {
                    fileSystem.committer().unlink(last.pair(), pair.blocks());
                } else {
                    last.moveTo(pair.blocks(), 0);
                }
            }
        } finally {
            fileSystem.trackers().release(last);
        }
    }
}
