package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
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

    private @Nullable Superblock superblock;
    private BlockPair root = BlockPair.SUPERBLOCK;
    private MoveState globalState = MoveState.NONE;
    private long start;

    private Mount(Blocks blocks, Settings settings) {
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
        return mount(DeviceShape.blocks(device, blockSize(device, settings), settings), settings);
    }

    /**
     * Mounts what is on blocks of the right size.
     *
     * @throws StoreException as {@link #mount(BlockDevice, Settings)} does
     */
    public static Volume mount(Blocks blocks, Settings settings) throws StoreException {
        Mount mount = new Mount(blocks, settings);
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
        ThreadWalk thread = new ThreadWalk(pairs);
        Position where = thread.where();
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            take(pair, where);
            globalState = globalState.xor(pair.state().moveDelta());
            start = Scatter.of(start, (long) pair.revision() * pairs.blocks().size() + pair.endOffset());
            where = thread.where();
        }
        return volume();
    }

    /** Chamelon keeps no thread. It goes through the tree instead, and refuses one with a circle. */
    private Volume chamelon() throws StoreException {
        take(pairs.get(BlockPair.SUPERBLOCK, position()), position());
        Volume volume = volume();
        TreeWalk tree = new TreeWalk(volume);
        while (tree.next() != null) {}
        return volume;
    }

    private void take(MetadataPair pair, Position where) throws StoreException {
        Optional<Superblock> found = pair.state().superblock();
        if (found.isPresent()) {
            Position at = pairs.blocks()
                    .position(pair.activeBlock(), pair.state().entries().get(0).offset(), "superblock");
            rules.check(found.get(), at);
            superblock = found.get();
            root = pair.blocks();
        } else if (superblock == null) {
            throw noSuperblock(position());
        } else {
            rules.checkWithin(superblock, pair.blocks(), where);
        }
    }

    private Position position() {
        return pairs.blocks().position(0, Superblock.MAGIC_OFFSET, "superblock");
    }

    private Volume volume() throws CorruptStoreException {
        if (superblock == null) {
            throw noSuperblock(position());
        }
        return new Volume(
                pairs.withBlockCount(superblock.blockCount()), settings, superblock, root, globalState, start);
    }
}
