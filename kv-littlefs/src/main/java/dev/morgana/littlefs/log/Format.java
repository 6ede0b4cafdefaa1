package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.ChamelonBlock;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Pairs;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.SuperblockPair;
import dev.morgana.littlefs.pair.TwinBlocks;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.NoSpaceException;
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
        Blocks blocks = all.withCount(count);
        if (settings.dialect() == Dialect.CHAMELON) {
            writeForChamelon(blocks, settings, superblock);
        } else {
            write(blocks, settings, superblock);
        }
    }

    /** The same in both blocks, each with a revision of its own (chamelon page, section 1). */
    private static void writeForChamelon(Blocks blocks, Settings settings, Superblock superblock)
            throws StoreException {
        PairState state = new PairState(List.of(entry(superblock)), null, MoveState.NONE);
        TwinBlocks writer = new TwinBlocks(blocks);
        for (long block : new long[] {1, 0}) {
            int revision = (int) block + 1;
            writer.write(
                    block, ChamelonBlock.encode(revision, state.compacted(), blocks.size(), settings.commitUnit()));
            writer.sync();
        }
    }

    private static void write(Blocks blocks, Settings settings, Superblock superblock) throws StoreException {
        Pairs pairs = new Pairs(blocks, settings);
        Volume volume = new Volume(pairs, settings, superblock, BlockPair.SUPERBLOCK, MoveState.NONE, 0);
        new SuperblockPair(pairs, settings.writing(), superblock.minor() > 0, new FileSystem(volume).allocator())
                .write(new PairState(List.of(entry(superblock)), null, MoveState.NONE));
    }

    private static MetadataEntry entry(Superblock superblock) {
        return MetadataEntry.BLANK
                .withName(TagType.SUPERBLOCK_NAME.code(), Superblock.NAME, 0)
                .withStruct(new EntryStruct.Inline(superblock.encode()), 0);
    }
}
