package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;

/** Finishes what an interrupted writer left half done, before anything else is written (sections 10.5 and 10.6). */
final class Repair {
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
     * @throws dev.morgana.spi.error.CorruptStoreException if there may be orphans, and a directory cannot be read; nothing was
     *     written, since what only that directory names would be taken for an orphan
     * @throws StoreException for this, and as {@link Committer#commit} does
     */
    void run(boolean mendThread) throws StoreException {
        boolean orphans = mendThread || fileSystem.globalState().hasOrphans();
        if (orphans) {
            requireWholeTree();
        }
        if (isOutdated()) {
            upgrade();
        }
        MoveState state = fileSystem.globalState().wanted();
        if (state.hasMove()) {
            fileSystem.commit(state.source(), new PairChanges());
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

    private boolean isOutdated() {
        Volume volume = fileSystem.volume();
        return volume.superblock().minor() < volume.settings().minorVersion();
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
        Anchor last = fileSystem.anchors().directory(BlockPair.SUPERBLOCK);
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
            fileSystem.anchors().release(last);
        }
    }
}
