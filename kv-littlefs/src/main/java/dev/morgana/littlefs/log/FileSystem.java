package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.PairWriter;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.littlefs.space.Allocator;
import dev.morgana.littlefs.space.Extents;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import java.util.List;

/**
 * A mounted file system that changes: the present {@link Volume}, and what it takes to change it. For one writer at a time,
 * and no reader meanwhile.
 */
public final class FileSystem {
    private final Settings settings;
    private final Trackers trackers = new Trackers();
    private final Committer committer = new Committer(this);
    private final Repair repair = new Repair(this);
    private final Allocator allocator;
    private Volume volume;
    private GlobalState globalState;
    private volatile boolean valid = true;

    /** Whether the present operation has finished what an interrupted writer left half done. */
    private boolean repaired;

    /** A file system as it was just mounted. */
    public FileSystem(Volume mounted) {
        this(mounted, false);
    }

    /** A file system in which files have damaged pointers, to be changed all the same. */
    public static FileSystem withDamagedFiles(Volume mounted) {
        return new FileSystem(mounted, true);
    }

    private FileSystem(Volume mounted, boolean passesOverDamage) {
        this.volume = mounted;
        this.settings = mounted.settings().withAnyBlockCount();
        this.globalState = new GlobalState(mounted.globalState());
        this.allocator = new Allocator(this::volume, mounted.ctzLayout(), mounted.start(), passesOverDamage);
    }

    /** The file system as it is now; another object after each commit. */
    public Volume volume() {
        return volume;
    }

    public Trackers trackers() {
        return trackers;
    }

    public Allocator allocator() {
        return allocator;
    }

    public Extents extents() {
        return allocator.extents();
    }

    Committer committer() {
        return committer;
    }

    public GlobalState globalState() {
        return globalState;
    }

    public PairWriter writer() {
        boolean forwardCrcs = volume.superblock().minor() > 0;
        return new PairWriter(volume.pairs(), settings.writing(), forwardCrcs, allocator);
    }

    /** A pair by one of its addresses. */
    public MetadataPair pair(BlockPair address) throws StoreException {
        return volume.pairs().get(address, volume.blocks().position(address.first(), 0, "metadata pair"));
    }

    /** Commits changes to a pair, see {@link Committer#commit}. */
    public void commit(BlockPair address, PairChanges changes) throws StoreException {
        committer.commit(address, changes);
    }

    /**
     * Begins an operation, which may yet turn out to be refused or to have nothing to do.
     *
     * @throws StoreException if the medium is damaged or fails
     */
    public void beginOperation() throws StoreException {
        ensureValid();
        allocator.beginOperation();
        repaired = false;
    }

    /**
     * Finishes what an interrupted writer left half done. Comes before every change, and after everything that may refuse
     * it: what is refused writes nothing. It may commit, so that what was looked up before is outdated.
     *
     * @throws StoreException if the medium is damaged or fails; nothing was written where a pair of it is unknown, since its
     *     blocks would count as free
     */
    public void repair() throws StoreException {
        repair(false);
    }

    private void repair(boolean mendThread) throws StoreException {
        ensureValid();
        if (volume.dialect() == Dialect.CHAMELON) {
            throw PeerError.INVAL.on(new UnsupportedFormatException(
                    "a change by the rules of littlefs to a file system in dialect=chamelon",
                    "the changes of keys and values, and of times and dictionaries"));
        }
        if (volume.damage().isPresent()) {
            throw volume.damage().get();
        }
        repaired = true;
        if (mendThread || repair.isNeeded()) {
            repair.run(mendThread);
            ensureValid();
        }
    }

    /** Whether {@link #repair()} came before the change that is about to be made. */
    boolean isRepaired() {
        return repaired;
    }

    /**
     * Takes a directory that has no entry any more off the thread, see {@link Committer#unlink}.
     *
     * @throws StoreException as {@link #commit} does
     */
    public void unlink(BlockPair predecessor, BlockPair leaving) throws StoreException {
        committer.unlink(predecessor, leaving);
    }

    /**
     * Takes pairs off the thread that no directory has, also where the medium has no flag for them.
     *
     * @throws StoreException if the medium is damaged or fails
     */
    public void removeOrphans() throws StoreException {
        repair(true);
    }

    /**
     * Finishes everything, and writes what is still to be written of the global state.
     *
     * @throws StoreException if the medium is damaged or fails
     */
    public void makeConsistent() throws StoreException {
        repair();
        if (!globalState.difference().isNone()) {
            commit(volume.root(), new PairChanges());
        }
    }

    /** Whether what was found in a file system is still true of this one: there was no commit since, and no failure. */
    boolean isCurrent(Volume found) {
        return valid && volume == found;
    }

    /** A pair was written by whoever writes in another dialect; what was found before is outdated. */
    public void rewritten(BlockPair address) {
        volume.pairs().forget(address);
        refresh();
    }

    /** After a failed write the medium tells what is there. */
    public void invalidate() {
        valid = false;
        volume.pairs().clear();
        allocator.invalidate();
    }

    /** Whether what is known is what is there. */
    public boolean isValid() {
        return valid;
    }

    /**
     * Reads anew what a failed write may have left otherwise than it was.
     *
     * @throws StoreException if that cannot be read
     */
    public void ensureValid() throws StoreException {
        if (valid) {
            return;
        }
        volume = Mount.mount(volume.blocks().all(), settings);
        globalState = new GlobalState(volume.globalState());
        new TrackerRecovery(volume).run(trackers.all());
        valid = true;
    }

    /** The root directory begins with another pair now. */
    void rootMoved(BlockPair root) {
        volume = volume.with(volume.superblock(), root, globalState.wanted());
    }

    /** Shows the global state as it is now. */
    void refresh() {
        volume = volume.with(volume.superblock(), volume.root(), globalState.wanted());
    }

    /** Writes another superblock into the root's pair, by the rules of its version. */
    void replaceSuperblock(Superblock superblock) throws StoreException {
        volume = volume.withVersion(superblock.version());
        commit(volume.root(), new PairChanges().struct(0, new EntryStruct.Inline(superblock.encode())));
        volume = volume.with(superblock, volume.root(), globalState.wanted());
    }

    /** Whether the shares of all pairs amount to the global state (section 10.3). */
    boolean stateAddsUp() throws StoreException {
        MoveState sum = MoveState.NONE;
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            sum = sum.xor(pair.state().moveDelta());
        }
        return sum.equals(globalState.wanted());
    }

    /** The entries of a pair, for those who look again after a commit. */
    public List<MetadataEntry> entries(BlockPair address) throws StoreException {
        return pair(address).state().entries();
    }
}
