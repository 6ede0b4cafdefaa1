package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Pairs;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.Mounted;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mounted file system: where its root is, and what counts everywhere in it. Safe for use by many threads. */
public final class Volume implements Mounted {
    /** Revision, two tags of an entry, a tail, a share of the global state, a CRC. */
    private static final int ENTRY_BYTES = Integer.BYTES
            + 2 * Tag.BYTES
            + Tag.BYTES
            + BlockPair.BYTES
            + Tag.BYTES
            + MoveState.BYTES
            + Tag.BYTES
            + Integer.BYTES;

    private final Pairs pairs;
    private final Settings settings;
    private final Superblock superblock;
    private final BlockPair root;
    private final MoveState globalState;
    private final CtzLayout ctzLayout;
    private final long start;
    private final @Nullable CorruptStoreException damage;

    /**
     * A file system that was read whole.
     *
     * @param start where the search for free blocks may begin; any number
     */
    public Volume(
            Pairs pairs, Settings settings, Superblock superblock, BlockPair root, MoveState globalState, long start) {
        this(pairs, settings, superblock, root, globalState, start, null);
    }

    /**
     * A file system.
     *
     * @param start where the search for free blocks may begin; any number
     * @param damage what mounting passed over, or null
     */
    public Volume(
            Pairs pairs,
            Settings settings,
            Superblock superblock,
            BlockPair root,
            MoveState globalState,
            long start,
            @Nullable CorruptStoreException damage) {
        this.pairs = pairs;
        this.settings = settings;
        this.superblock = superblock;
        this.root = root;
        this.globalState = globalState;
        this.start = start;
        this.damage = damage;
        this.ctzLayout = pairs.dialect().ctzLayout(pairs.blocks().size());
    }

    /** The same file system, to be written by the rules of another version. */
    Volume withVersion(int version) {
        Superblock other = new Superblock(
                version,
                superblock.blockSize(),
                superblock.blockCount(),
                superblock.nameMax(),
                superblock.fileMax(),
                superblock.attrMax());
        return with(other, root, globalState);
    }

    /** The same file system after a commit. */
    public Volume with(Superblock newSuperblock, BlockPair newRoot, MoveState newState) {
        return new Volume(
                pairs.withBlockCount(newSuperblock.blockCount()),
                settings,
                newSuperblock,
                newRoot,
                newState,
                start,
                damage);
    }

    /** What mounting passed over so that the rest can be read; empty where the whole thread was read. */
    public Optional<CorruptStoreException> damage() {
        return Optional.ofNullable(damage);
    }

    /** What the user says of it. */
    public Settings settings() {
        return settings;
    }

    /** A number that differs from mount to mount as far as there were commits in between. */
    public long start() {
        return start;
    }

    /** The largest file that is written into its directory, in bytes. */
    public int inlineLimit() {
        return settings.writing().inlineLimit(blocks().size(), attrMax());
    }

    /** The metadata pairs. */
    @Override
    public Pairs pairs() {
        return pairs;
    }

    /** The blocks below. */
    @Override
    public Blocks blocks() {
        return pairs.blocks();
    }

    /** By whose rules it is read. */
    public Dialect dialect() {
        return pairs.dialect();
    }

    /** The last superblock on the thread. */
    public Superblock superblock() {
        return superblock;
    }

    /** The first pair of the root directory. */
    public BlockPair root() {
        return root;
    }

    /**
     * The entry of the superblock in the root's pair, which also has the attributes of the root directory.
     *
     * @throws StoreException if the pair cannot be read any more
     */
    public DirectoryEntry rootEntry() throws StoreException {
        return new DirectoryEntry(pairs.get(root, blocks().position(root.first(), 0, "root directory")), 0);
    }

    /** What the last writer left half done. */
    @Override
    public MoveState globalState() {
        return globalState;
    }

    /** Where the bytes of files are. */
    @Override
    public CtzLayout ctzLayout() {
        return ctzLayout;
    }

    /** The longest name in bytes. */
    public long nameMax() {
        return lower(superblock.nameMax(), settings.nameMax());
    }

    /**
     * The longest name in bytes whose entry fits into a metadata block whatever becomes of it: with the revision, its largest
     * struct, a tail, a share of the global state, and the end of the commit.
     */
    public long entryNameMax() {
        int struct = Math.max(BlockPair.BYTES, inlineLimit());
        int room = settings.writing().logLimit(blocks().size()) - ENTRY_BYTES - struct;
        return Math.min(nameMax(), room);
    }

    /** The largest file in bytes. */
    public long fileMax() {
        return lower(superblock.fileMax(), settings.fileMax());
    }

    /** The longest attribute in bytes. */
    public long attrMax() {
        return lower(superblock.attrMax(), settings.attrMax());
    }

    /** A limit of 0 in the superblock leaves the driver's own. */
    private static long lower(long stored, long own) {
        return stored == 0 ? own : Math.min(stored, own);
    }
}
