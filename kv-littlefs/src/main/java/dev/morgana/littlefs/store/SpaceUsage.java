package dev.morgana.littlefs.store;

import dev.morgana.littlefs.exam.BlockMap;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import java.util.List;

/**
 * Where the space goes, counted as the C implementation's {@code lfs_fs_size} does (littlefs page, section 13.4): both blocks
 * of each pair on the thread, and the blocks of files. Small files are part of their pair.
 */
final class SpaceUsage implements Usage {
    private final Blocks blocks;
    private final Settings settings;
    private final StoreLife life;

    SpaceUsage(Blocks blocks, Settings settings, StoreLife life) {
        this.blocks = blocks;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public List<Share> usage() throws StoreException {
        return life.reading(() -> {
            BlockMap map = BlockMap.of(blocks, settings);
            map.requireComplete();
            long metadata = 2L * map.pairs().size();
            long data = countFileBlocks(map);
            long free = Math.max(0, map.volume().blocks().count() - metadata - data);
            return List.of(
                    share("metadata pairs", metadata, map.pairs().size()),
                    share("file blocks", data, map.files().size()),
                    share("free", free, free));
        });
    }

    private static long countFileBlocks(BlockMap map) throws StoreException {
        long count = 0;
        Volume volume = map.volume();
        for (BlockMap.OwnedFile file : map.files()) {
            if (volume.ctzLayout().blocks(file.head().size()) == 1) {
                count++; // there is no pointer to follow, so its head is not looked at, as in the C implementation
                continue;
            }
            FileBlocks walk = new FileBlocks(volume.blocks(), volume.ctzLayout(), file.head(), file.where());
            while (walk.previous()) {
                count++;
            }
        }
        return count;
    }

    private Share share(String kind, long count, long items) {
        return new Share(kind, count, count * blocks.size(), items);
    }
}
