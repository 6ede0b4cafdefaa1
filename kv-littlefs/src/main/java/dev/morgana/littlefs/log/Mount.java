package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Pairs;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.littlefs.space.Scatter;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mounts a file system (section 7.4): finds its block size, follows the thread, takes the last superblock, adds up the global
 * state. Never writes.
 */
public final class Mount {
    private final Pairs pairs;
    private final SuperblockRules rules;
    private final Settings settings;

    /** Whether damage is passed over that leaves something to be read. */
    private final boolean forReading;

    private @Nullable CorruptStoreException damage;
    private @Nullable Superblock superblock;
    private boolean rootIsKnown;
    private BlockPair root = BlockPair.SUPERBLOCK;
    private MoveState globalState = MoveState.NONE;
    private long start;

    private Mount(Blocks blocks, Settings settings, boolean forReading) {
        this.forReading = forReading;
        this.pairs = new Pairs(blocks, settings);
        this.rules = new SuperblockRules(blocks, settings);
        this.settings = settings;
        this.start = settings.writing().seed();
    }

    /**
     * Mounts what is on a device.
     *
     * @throws CorruptStoreException if there is no superblock, a pair cannot be read, or the device is too short
     * @throws dev.morgana.spi.error.UnsupportedFormatException if the version is another one
     * @throws dev.morgana.spi.error.InvalidOptionException if a setting contradicts the superblock
     * @throws StoreException for these, or if the device fails
     */
    public static Volume mount(BlockDevice device, Settings settings) throws StoreException {
        return mount(device, settings, false);
    }

    /**
     * Mounts what is on a device as far as it can be read. A pair that cannot be read, and a device that is too short, do not
     * keep the rest from being read; {@link Volume#damage()} tells of it, and nothing may be changed then.
     *
     * @throws CorruptStoreException if there is no superblock, or it is unknown which pair is the root directory
     * @throws StoreException for this, and as {@link #mount(BlockDevice, Settings)} does
     */
    public static Volume readable(BlockDevice device, Settings settings) throws StoreException {
        return mount(device, settings, true);
    }

    private static Volume mount(BlockDevice device, Settings settings, boolean forReading) throws StoreException {
        try {
            return mount(DeviceShape.blocks(device, blockSize(device, settings), settings), settings, forReading);
        } catch (CorruptStoreException e) {
            OldSuperblockSearch.refuse(device);
            throw e;
        }
    }

    /**
     * Mounts what is on blocks of the right size.
     *
     * @throws StoreException as {@link #mount(BlockDevice, Settings)} does
     */
    public static Volume mount(Blocks blocks, Settings settings) throws StoreException {
        return mount(blocks, settings, false);
    }

    /**
     * Mounts what is on blocks of the right size as far as it can be read.
     *
     * @throws StoreException as {@link #readable(BlockDevice, Settings)} does
     */
    public static Volume readable(Blocks blocks, Settings settings) throws StoreException {
        return mount(blocks, settings, true);
    }

    private static Volume mount(Blocks blocks, Settings settings, boolean forReading) throws StoreException {
        Mount mount = new Mount(blocks, settings, forReading);
        mount.checkDevice();
        return settings.dialect() == Dialect.CHAMELON ? mount.chamelon() : mount.littlefs();
    }

    private static long blockSize(BlockDevice device, Settings settings) throws StoreException {
        if (settings.blockSize() > 0) {
            return settings.blockSize();
        }
        Optional<SuperblockSearch.Found> found = SuperblockSearch.find(device, settings.dialect());
        if (found.isEmpty()) {
            throw noSuperblock(new Position(device.name(), 0, Superblock.MAGIC_OFFSET, "superblock"));
        }
        return found.get().superblock().blockSize();
    }

    private static CorruptStoreException noSuperblock(Position where) {
        return PeerError.corrupt(where, "an intact superblock", "none");
    }

    /** Blocks 0 and 1 are there, or the image was cut off. */
    private void checkDevice() throws CorruptStoreException {
        if (pairs.blocks().count() < 2) {
            throw PeerError.corrupt(
                    pairs.blocks().position(Position.NO_BLOCK, 0, "device"),
                    "at least two blocks of " + pairs.blocks().size() + " bytes",
                    pairs.blocks().device().geometry().sizeBytes() + " bytes");
        }
    }

    private Volume littlefs() throws StoreException {
        try {
            followThread();
        } catch (CorruptStoreException e) {
            passOver(e);
        }
        return volume();
    }

    private void followThread() throws StoreException {
        ThreadWalk thread = new ThreadWalk(pairs);
        Position where = thread.where();
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            take(pair, where);
            globalState = globalState.xor(pair.state().moveDelta());
            start = Scatter.of(start, (long) pair.revision() * pairs.blocks().size() + pair.endOffset());
            where = thread.where();
        }
    }

    /** Where damage leaves something to be read, it is kept in mind. */
    private void passOver(CorruptStoreException found) throws CorruptStoreException {
        if (!forReading || !rootIsKnown) {
            throw found;
        }
        damage = damage == null ? found : damage;
    }

    /** Chamelon keeps no thread. It goes through the tree instead, and refuses one with a circle. */
    private Volume chamelon() throws StoreException {
        take(pairs.get(BlockPair.SUPERBLOCK, position()), position());
        try {
            TreeWalk tree = new TreeWalk(volume());
            while (tree.next() != null) {}
        } catch (CorruptStoreException e) {
            passOver(e);
        }
        return volume();
    }

    private void take(MetadataPair pair, Position where) throws StoreException {
        Optional<Superblock> found = pair.state().superblock();
        if (found.isPresent()) {
            Position at = pairs.blocks()
                    .position(pair.activeBlock(), pair.state().entries().get(0).offset(), "superblock");
            rules.check(found.get(), at);
            rootIsKnown = isSurelyRoot(pair.state());
            root = pair.blocks();
            superblock = found.get();
            if (superblock.blockCount() > pairs.blocks().count()) {
                passOver(rules.tooShort(superblock, at));
                superblock = superblock.withBlockCount(pairs.blocks().count());
            }
        } else if (superblock == null) {
            throw noSuperblock(position());
        } else {
            rootIsKnown = true;
            rules.checkWithin(superblock, pair.blocks(), where);
        }
    }

    /** Behind a pair that holds a superblock alone the root may follow, or more of the root. */
    private static boolean isSurelyRoot(PairState state) {
        return state.entries().size() > 1
                || state.tail() == null
                || !state.tail().hard();
    }

    private Position position() {
        return pairs.blocks().position(0, Superblock.MAGIC_OFFSET, "superblock");
    }

    private Volume volume() throws CorruptStoreException {
        if (superblock == null) {
            throw noSuperblock(position());
        }
        // Without all of its shares the global state is not known, and hiding the wrong entry would be a loss.
        MoveState state = damage == null ? globalState : MoveState.NONE;
        return new Volume(
                pairs.withBlockCount(superblock.blockCount()), settings, superblock, root, state, start, damage);
    }
}
