package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.littlefs.space.Extent;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.StoreException;
import java.util.function.LongConsumer;

/** The blocks in use as the C implementation counts and names them (section 13.4): some more than once. */
public final class BlockTraversal {
    private BlockTraversal() {}

    /**
     * How many blocks there are, without those that only a directory's entry names.
     *
     * @throws StoreException if the file system is damaged or the device fails
     */
    public static long count(FileSystem fileSystem) throws StoreException {
        long[] count = {0};
        walk(fileSystem, block -> count[0]++, false);
        return count[0];
    }

    /**
     * Names them.
     *
     * @throws StoreException if the file system is damaged or the device fails
     */
    public static void traverse(FileSystem fileSystem, LongConsumer blocks) throws StoreException {
        walk(fileSystem, blocks, true);
    }

    private static void walk(FileSystem fileSystem, LongConsumer blocks, boolean named) throws StoreException {
        Volume volume = fileSystem.volume();
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            blocks.accept(pair.blocks().first());
            blocks.accept(pair.blocks().second());
            for (int id = 0; id < pair.state().entries().size(); id++) {
                if (!volume.globalState().hides(pair.blocks(), id)) {
                    walk(volume, pair, pair.state().entries().get(id), blocks, named);
                }
            }
        }
        for (Extent extent : fileSystem.extents().all()) {
            if (!extent.isPublished()) {
                walk(volume, extent, blocks);
            }
        }
    }

    private static void walk(Volume volume, MetadataPair pair, MetadataEntry entry, LongConsumer blocks, boolean named)
            throws StoreException {
        if (named && entry.struct() instanceof EntryStruct.Directory directory) {
            blocks.accept(directory.pair().first());
            blocks.accept(directory.pair().second());
        } else if (entry.struct() instanceof EntryStruct.Ctz ctz && ctz.head().size() > 0) {
            if (volume.ctzLayout().blocks(ctz.head().size()) == 1) {
                blocks.accept(ctz.head().head()); // without a pointer to follow there is no need to look at it
                return;
            }
            FileBlocks walk = new FileBlocks(
                    volume.blocks(),
                    volume.ctzLayout(),
                    ctz.head(),
                    volume.blocks().position(pair.activeBlock(), entry.offset(), "CTZ struct"));
            while (walk.previous()) {
                blocks.accept(walk.block());
            }
        }
    }

    private static void walk(Volume volume, Extent extent, LongConsumer blocks) throws StoreException {
        FileBlocks walk = new FileBlocks(volume.blocks(), volume.ctzLayout(), extent.to() - 1, extent.last());
        while (walk.index() > extent.from() && walk.previous()) {
            blocks.accept(walk.block());
        }
    }
}
