package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.BlockSource;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out free blocks, round and round the device from a start that depends on what is there, so that wear spreads over
 * reboots too (section 13). The map is made when the first block is needed, and kept right from then on.
 */
public final class Allocator implements BlockSource {
    private static final long NOWHERE = -1;

    /** How often another place is tried to begin at, where there is no free block. */
    private static final int TRIES = 32;

    private final Supplier<? extends Mounted> mounted;
    private final RetiredBlocks retired = new RetiredBlocks();
    private final Extents extents;

    /** Blocks of unfinished writes, which nothing refers to yet. */
    private final Set<Long> unreferenced = new HashSet<>();

    /** Free blocks that turned out to be bad, not to be tried again while there are others. */
    private final Set<Long> rejected = new HashSet<>();

    /** Free blocks that metadata has worn: they rest until every other free block was taken once. */
    private final Set<Long> resting = new HashSet<>();

    /** Whether the present operation may still try those once more. */
    private boolean mayRetry = true;

    private final long start;
    private final boolean passesOverDamage;
    private @Nullable BlockSet used;
    private BlockSet shared = new BlockSet();
    private long cursor = NOWHERE;

    /**
     * An allocator without a map.
     *
     * @param mounted the file system as it is at the time
     * @param start decides where to begin; any number
     */
    public Allocator(Supplier<? extends Mounted> mounted, CtzLayout layout, long start) {
        this(mounted, layout, start, false);
    }

    /**
     * An allocator without a map.
     *
     * @param passesOverDamage whether files with damaged pointers do not keep it from making one
     */
    public Allocator(Supplier<? extends Mounted> mounted, CtzLayout layout, long start, boolean passesOverDamage) {
        this.passesOverDamage = passesOverDamage;
        this.mounted = mounted;
        this.extents = new Extents(layout, retired);
        this.start = start;
    }

    /** Which of the blocks in use versions of files have. */
    public Extents extents() {
        return extents;
    }

    /**
     * Takes a free block.
     *
     * @throws NoSpaceException if there is none
     * @throws StoreException for this, or if the file system cannot be walked to find out
     */
    @Override
    public long allocate() throws StoreException {
        BlockSet map = map();
        Blocks blocks = mounted.get().blocks();
        long count = blocks.count();
        while (map.size() >= count) {
            if (!takeRest() && !retired.reclaim(blocks, mounted.get().ctzLayout(), this::free) && !retryRejected()) {
                throw PeerError.NOSPC.on(new NoSpaceException("another block; all " + count + " are in use"));
            }
        }
        if (cursor == NOWHERE) {
            cursor = firstPlace(map, count);
        }
        long block = map.nextAbsent(Math.floorMod(cursor, count));
        if (block >= count) {
            block = map.nextAbsent(0);
        }
        assert block < count : block;
        map.add(block);
        cursor = block + 1;
        return block;
    }

    /** Each free block alike: the first one after those in use would be taken more often than others. */
    private long firstPlace(BlockSet map, long count) {
        long number = start;
        for (int i = 0; i < TRIES && map.contains(Scatter.below(count, number)); i++) {
            number = Scatter.of(number, i);
        }
        return Scatter.below(count, number);
    }

    /** Nothing refers to the block for a while, and it is in use all the same. */
    public void hold(long block) {
        unreferenced.add(block);
    }

    /** Something refers to the block now, so that a walk finds it. */
    public void referenced(long block) {
        unreferenced.remove(block);
    }

    /** Gives back a block that is bad. It is not recorded on the medium, and is tried again when there is no other. */
    @Override
    public void reject(long block) {
        unreferenced.remove(block);
        rejected.add(block);
    }

    /** A new operation begins: blocks that were bad once may be tried again if there are no others. */
    public void beginOperation() {
        mayRetry = true;
    }

    private boolean retryRejected() {
        boolean retry = mayRetry && !rejected.isEmpty();
        mayRetry = false;
        if (retry) {
            List<Long> blocks = List.copyOf(rejected);
            rejected.clear();
            blocks.forEach(this::free);
        }
        return retry;
    }

    private boolean takeRest() {
        List<Long> rested = List.copyOf(resting);
        resting.clear();
        rested.forEach(this::free);
        return !rested.isEmpty();
    }

    /** Gives back a block that a pair left because of its wear. */
    public void rest(long block) {
        if (used != null && !shared.contains(block)) {
            resting.add(block);
        }
    }

    /** Gives a block back. */
    @Override
    public void free(long block) {
        unreferenced.remove(block);
        if (used != null && !shared.contains(block)) {
            used.remove(block);
        }
    }

    /**
     * How many blocks are in use.
     *
     * @throws StoreException if the file system cannot be walked to find out
     */
    @Override
    public long used() throws StoreException {
        return map().size() - retired.count() - resting.size();
    }

    /**
     * How many blocks may be had at most: those that turned out to be bad may be tried again.
     *
     * @throws StoreException as {@link #used} does
     */
    public long available() throws StoreException {
        return mounted.get().blocks().count() - used() + rejected.size();
    }

    /** Forgets the map: after a failure the medium has to tell what is in use. */
    public void invalidate() {
        used = null;
        resting.clear();
        retired.clear();
    }

    private BlockSet map() throws StoreException {
        if (used == null) {
            UsedBlocks found = UsedBlocks.of(mounted.get(), extents.all(), passesOverDamage);
            unreferenced.forEach(found.used()::add);
            rejected.forEach(found.used()::add);
            retired.clear();
            used = found.used();
            shared = found.shared();
        }
        return Objects.requireNonNull(used);
    }
}
