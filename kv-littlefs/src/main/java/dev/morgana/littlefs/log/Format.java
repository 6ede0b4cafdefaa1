package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/** Makes an empty file system (section 7.2). */
public final class Format {
    private Format() {}

    /**
     * Formats a device.
     *
     * @param settings its block size and number of blocks, 0 for the device's
     * @throws NoSpaceException if the device is too small, or block 0 or 1 is bad
     * @throws StoreException for this, if the sizes do not fit the device, or if it fails
     */
    public static void format(BlockDevice device, Settings settings) throws StoreException {
        long blockSize = settings.blockSize() > 0
                ? settings.blockSize()
                : device.geometry().blockSize();
        Blocks all = DeviceShape.blocks(device, blockSize, settings);
        long count = settings.blockCount() > 0 ? settings.blockCount() : all.count();
        if (count < 2 || count > all.count()) {
            throw PeerError.NOSPC.on(new NoSpaceException(
                    "a file system of " + Math.max(2, count) + " blocks; the device has " + all.count()));
        }
        Superblock superblock = new Superblock(
                Settings.MAJOR_VERSION << 16 | settings.minorVersion(),
                blockSize,
                count,
                settings.nameMax(),
                settings.fileMax(),
                settings.attrMax());
        write(all.withCount(count), settings, superblock);
    }

    /** Both blocks, so that nothing of an older file system can win. */
    private static void write(Blocks blocks, Settings settings, Superblock superblock) throws StoreException {
        Pairs pairs = new Pairs(blocks, settings);
        Volume volume = new Volume(pairs, settings, superblock, BlockPair.SUPERBLOCK, MoveState.NONE, 0);
        PairState state = new PairState(List.of(entry(superblock)), null, MoveState.NONE);
        MetadataPair before = before(pairs, new Revisions(settings.writing().blockCycles()));
        Allocator none = new FileSystem(volume).allocator();
        CommitWriter commits = new CommitWriter(volume);
        MetadataPair first =
                new CompactionTarget(blocks, none, commits, before).write(state, MoveState.NONE, MoveState.NONE);
        new CompactionTarget(blocks, none, commits, first).write(state, MoveState.NONE, MoveState.NONE);
        pairs.clear();
        pairs.get(BlockPair.SUPERBLOCK, position(blocks));
    }

    private static Position position(Blocks blocks) {
        return blocks.position(0, 0, "superblock pair");
    }

    /**
     * The pair that the first write replaces the older block of. Where there is a file system, its newer block stays until the
     * new one is there; else block 0 comes first.
     */
    private static MetadataPair before(Pairs pairs, Revisions revisions) throws StoreException {
        try {
            MetadataPair old = pairs.get(BlockPair.SUPERBLOCK, position(pairs.blocks()));
            return NewPairs.unwritten(old.blocks(), revisions.start(old.revision()));
        } catch (CorruptStoreException e) {
            return NewPairs.unwritten(
                    BlockPair.SUPERBLOCK.swapped(), revisions.start(NewPairs.staleRevision(pairs.blocks(), 1)));
        }
    }

    private static MetadataEntry entry(Superblock superblock) {
        return MetadataEntry.BLANK
                .withName(TagType.SUPERBLOCK_NAME.code(), Superblock.NAME, 0)
                .withStruct(new EntryStruct.Inline(superblock.encode()), 0);
    }
}
