package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.BlockSource;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Gives a file system fewer blocks: files that have some beyond are copied, the directories are written anew, and one commit to
 * the superblock's pair makes all of it count, with the new number.
 */
public final class Shrinking {
    private final Blocks blocks;
    private final Settings settings;

    /** Shrinks what is on the blocks of a device, of which nothing is half done. */
    public Shrinking(Blocks blocks, Settings settings) {
        this.blocks = blocks;
        this.settings = settings.withAnyBlockCount();
    }

    /**
     * Shrinks it.
     *
     * @param count the new number of blocks, at least 2
     * @throws dev.morgana.spi.error.CorruptStoreException if a check finds an error; nothing has changed
     * @throws dev.morgana.spi.error.NoSpaceException if not everything fits below, beside what is there now; nothing has changed
     * @throws StoreException for these, or if the device fails
     */
    public void run(long count) throws StoreException {
        List<Finding> errors = new Mender(blocks, settings, action -> {}).errors();
        if (!errors.isEmpty()) {
            Finding first = errors.get(0);
            throw PeerError.corrupt(first.position(), first.expected(), first.found());
        }
        Salvage salvage = Salvage.of(blocks, settings);
        Rebuild rebuild = new Rebuild(salvage, count);
        Deque<SalvagedDirectory> pending = new ArrayDeque<>(List.of(salvage.root()));
        while (!pending.isEmpty()) {
            SalvagedDirectory directory = pending.pop();
            directory.directories().values().forEach(below -> pending.push(below.content()));
            for (var file : directory.files().entrySet()) {
                file.setValue(moved(file.getValue(), salvage, rebuild.free(), count));
            }
        }
        rebuild.prepare();
        MetadataEntry superblock = salvage.superblock().orElseThrow();
        byte[] changed = salvage.volume().superblock().withBlockCount(count).encode();
        rebuild.publish(superblock.withStruct(new EntryStruct.Inline(changed), 0));
    }

    /** The entry of a file, of a copy if a block of it is beyond. */
    private static MetadataEntry moved(MetadataEntry entry, Salvage salvage, BlockSource free, long count)
            throws StoreException {
        if (!(entry.struct() instanceof EntryStruct.Ctz ctz) || ctz.head().size() == 0) {
            return entry;
        }
        Blocks blocks = salvage.volume().blocks();
        CtzLayout layout = salvage.volume().ctzLayout();
        Position where = blocks.position(ctz.head().head(), 0, "last block of a file");
        long[] old = new long[(int) layout.blocks(ctz.head().size())];
        boolean beyond = false;
        FileBlocks walk = new FileBlocks(blocks, layout, ctz.head(), where);
        while (walk.previous()) {
            old[(int) walk.index()] = walk.block();
            beyond |= walk.block() >= count;
        }
        if (!beyond) {
            return entry;
        }
        long head = copy(blocks, layout, old, ctz.head().size(), free);
        blocks.sync();
        return entry.withStruct(new EntryStruct.Ctz(new CtzHead(head, ctz.head().size())), 0);
    }

    private static long copy(Blocks blocks, CtzLayout layout, long[] old, long size, BlockSource free)
            throws StoreException {
        long[] copies = new long[old.length];
        int unit = blocks.geometry().programSize();
        for (int index = 0; index < old.length; index++) {
            int pointers = layout.pointerBytes(index);
            int length = (int) (Math.min(size, layout.startOf(index + 1)) - layout.startOf(index));
            int used = (pointers + length + unit - 1) / unit * unit;
            ByteBuffer content = ByteBuffer.allocate(used).order(ByteOrder.LITTLE_ENDIAN);
            for (int pointer = 0; pointer < layout.pointers(index); pointer++) {
                content.putInt((int) copies[index - (int) layout.distance(pointer)]);
            }
            blocks.read(old[index], pointers, content.slice().limit(length));
            copies[index] = free.allocate();
            while (!blocks.erase(copies[index]) || !blocks.program(copies[index], 0, content.clear())) {
                copies[index] = free.allocate(); // The block is bad, and not tried again.
            }
        }
        return copies[copies.length - 1];
    }
}
