package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.BlockSource;
import dev.morgana.littlefs.pair.PairWriter;
import dev.morgana.littlefs.pair.SuperblockPair;
import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes a tree that was salvaged into new pairs, in blocks that nothing of the old one needs. Nothing of it counts until the
 * last write, which is one commit to the superblock's pair; the blocks of files stay where they are.
 */
final class Rebuild {
    private final Salvage salvage;
    private final Volume volume;
    private final BlockSource free;
    private final PairWriter writer;
    private final IdentityHashMap<SalvagedDirectory, BlockPair> places = new IdentityHashMap<>();
    private BlockPair next = BlockPair.NONE;

    /**
     * A rebuild of what was salvaged.
     *
     * @param count what is new gets blocks below this one
     */
    Rebuild(Salvage salvage, long count) {
        this.salvage = salvage;
        this.volume = salvage.volume();
        this.free = new FreeOfSalvage(salvage.used(), count);
        this.writer = new PairWriter(
                volume.pairs(), volume.settings().writing(), volume.superblock().minor() > 0, free);
    }

    /** Blocks that nothing which was salvaged needs. */
    private record FreeOfSalvage(BlockSet taken, long count) implements BlockSource {
        @Override
        public long allocate() throws NoSpaceException {
            long block = taken.nextAbsent(0);
            if (block >= count) {
                throw PeerError.NOSPC.on(
                        new NoSpaceException("a block for what is rebuilt; all " + count + " are in use"));
            }
            taken.add(block);
            return block;
        }

        @Override
        public void free(long block) {
            taken.remove(block);
        }

        /** It is not tried again. */
        @Override
        public void reject(long block) {
            taken.add(block);
        }

        @Override
        public long used() {
            return taken.size();
        }
    }

    /** Gives out the blocks that it takes too. */
    BlockSource free() {
        return free;
    }

    /**
     * Writes everything but the root.
     *
     * @throws NoSpaceException if there are too few free blocks; nothing has changed then
     * @throws StoreException for this, or if the device fails
     */
    void prepare() throws StoreException {
        List<SalvagedDirectory> order = new ArrayList<>(List.of(salvage.root()));
        for (int i = 0; i < order.size(); i++) {
            order.get(i).directories().values().forEach(below -> order.add(below.content()));
        }
        for (int i = order.size() - 1; i > 0; i--) {
            PairState first = writer.createBehind(state(entries(order.get(i))));
            next = writer.create(first).blocks();
            places.put(order.get(i), next);
        }
    }

    /**
     * Makes it count.
     *
     * @throws NoSpaceException if a block of the superblock's pair is bad
     * @throws StoreException for this, or if the device fails
     */
    void publish(MetadataEntry superblock) throws StoreException {
        List<MetadataEntry> entries = new ArrayList<>(List.of(superblock));
        entries.addAll(entries(salvage.root()));
        new SuperblockPair(
                        volume.pairs(),
                        volume.settings().writing(),
                        volume.superblock().minor() > 0,
                        free)
                .write(writer.createBehind(state(entries)));
    }

    private PairState state(List<MetadataEntry> entries) {
        return new PairState(entries, next.isNone() ? null : new Tail(next, false, 0), MoveState.NONE);
    }

    private BlockPair place(SalvagedDirectory directory) {
        return Objects.requireNonNull(places.get(directory));
    }

    private List<MetadataEntry> entries(SalvagedDirectory directory) {
        TreeMap<FileName, MetadataEntry> entries = new TreeMap<>(directory.files());
        directory
                .directories()
                .forEach((name, below) -> entries.put(
                        name, below.entry().withStruct(new EntryStruct.Directory(place(below.content())), 0)));
        return List.copyOf(entries.values());
    }
}
