package dev.morgana.interop.repair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.LogWriter;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.BlockWindow;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.PairReader;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Damages an image of littlefs on purpose: pairs get other states under right checksums, blocks other bytes. */
final class Surgeon {
    private static final int PROGRAM_SIZE = 16;

    final Random random;
    final byte[] image;
    final int blockSize;
    private final List<MetadataPair> thread = new ArrayList<>();

    /** An entry, and where it is. */
    record Spot(MetadataPair pair, int id, MetadataEntry entry) {}

    Surgeon(byte[] image, int blockSize, long seed) throws StoreException {
        this.image = image;
        this.blockSize = blockSize;
        this.random = new Random(seed);
        PairReader reader =
                new PairReader(new Blocks(RamDevice.of(geometry(), image), image.length / blockSize), Dialect.LITTLEFS);
        BlockPair next = BlockPair.SUPERBLOCK;
        while (next != null) {
            MetadataPair pair = reader.read(next);
            thread.add(pair);
            Tail tail = pair.state().tail();
            next = tail == null ? null : tail.pair();
        }
    }

    private Geometry geometry() {
        return new Geometry(1, 1, blockSize, image.length / blockSize, ErasedState.ONES);
    }

    long blockCount() {
        return image.length / blockSize;
    }

    <T> Optional<T> any(List<T> choices) {
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(random.nextInt(choices.size())));
    }

    List<MetadataPair> pairs() {
        return thread;
    }

    /** All pairs but the superblock's. */
    List<MetadataPair> others() {
        return thread.subList(1, thread.size());
    }

    List<Spot> entries(boolean directories) {
        List<Spot> spots = new ArrayList<>();
        for (MetadataPair pair : thread) {
            for (int id = 0; id < pair.state().entries().size(); id++) {
                MetadataEntry entry = pair.state().entries().get(id);
                if (directories ? entry.isDirectory() : entry.isFile()) {
                    spots.add(new Spot(pair, id, entry));
                }
            }
        }
        return spots;
    }

    /** Files with blocks of their own, at least as many. */
    List<Spot> files(int blocks) {
        return entries(false).stream()
                .filter(spot -> spot.entry().struct() instanceof EntryStruct.Ctz ctz
                        && Dialect.LITTLEFS
                                        .ctzLayout(blockSize)
                                        .blocks(ctz.head().size())
                                >= blocks)
                .toList();
    }

    static CtzHead head(Spot file) {
        return ((EntryStruct.Ctz) file.entry().struct()).head();
    }

    /** A pair with another entry in a place; false if that does not fit. */
    boolean replace(Spot spot, MetadataEntry entry) {
        List<MetadataEntry> entries = new ArrayList<>(spot.pair().state().entries());
        entries.set(spot.id(), entry);
        return rewrite(
                spot.pair(),
                entries,
                spot.pair().state().tail(),
                spot.pair().state().moveDelta());
    }

    boolean struct(Spot spot, @Nullable EntryStruct struct) {
        return replace(spot, spot.entry().withStruct(struct, 0));
    }

    boolean tail(MetadataPair pair, @Nullable BlockPair next, boolean hard) {
        Tail tail = next == null ? null : new Tail(next, hard, 0);
        return rewrite(pair, pair.state().entries(), tail, pair.state().moveDelta());
    }

    /** Writes a state into the other block of a pair, which counts then. */
    boolean rewrite(MetadataPair pair, List<MetadataEntry> entries, @Nullable Tail tail, MoveState delta) {
        return log(pair, new PairState(entries, tail, delta).compacted());
    }

    boolean log(MetadataPair pair, List<PairChange> changes) {
        try {
            long block = pair.blocks().second();
            fill(block, (byte) 0xff);
            Geometry geometry = geometry();
            LogWriter log = new LogWriter(
                    new BlockWindow(RamDevice.of(geometry, image), geometry.startOf(block), blockSize),
                    0,
                    Tag.NO_PREVIOUS,
                    blockSize,
                    PROGRAM_SIZE,
                    true);
            log.revision(pair.revision() + 1);
            for (PairChange change : changes) {
                if (!log.add(change)) {
                    return false;
                }
            }
            log.close();
            ByteBuffer bytes = log.bytes();
            bytes.get(image, (int) block * blockSize, bytes.remaining());
            return true;
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    void fill(long block, byte value) {
        Arrays.fill(image, (int) block * blockSize, (int) (block + 1) * blockSize, value);
    }

    void flip(long block, int offset) {
        image[(int) block * blockSize + offset] ^= (byte) (1 << random.nextInt(8));
    }

    /** Sets one pointer of a block of a file. */
    void pointer(long block, int number, long target) {
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt((int) block * blockSize + 4 * number, (int)
                target);
    }

    long pointer(long block, int number) {
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).getInt((int) block * blockSize + 4 * number));
    }
}
