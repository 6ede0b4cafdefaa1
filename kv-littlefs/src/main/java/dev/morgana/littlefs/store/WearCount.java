package dev.morgana.littlefs.store;

import dev.morgana.littlefs.exam.BlockMap;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Wear;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What revisions tell of wear: a metadata block's revision grows with each compaction of its pair, that is with every other
 * erase of the block (littlefs page, section 4.2). Of blocks of files nothing is known.
 */
final class WearCount implements Wear {
    /** The half of a pair that was never written to reads as this. */
    private static final int ERASED = -1;

    private final Blocks blocks;
    private final Settings settings;
    private final StoreLife life;

    WearCount(Blocks blocks, Settings settings, StoreLife life) {
        this.blocks = blocks;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public void wear(Consumer<BlockWear> sink) throws StoreException {
        Map<Long, Long> revisions = life.reading(this::revisions);
        revisions.forEach((block, revision) -> sink.accept(new BlockWear(block, revision, "revision")));
    }

    private Map<Long, Long> revisions() throws StoreException {
        Map<Long, Long> revisions = new TreeMap<>();
        for (BlockPair pair : BlockMap.of(blocks, settings).pairs()) {
            putRevision(pair.first(), revisions);
            putRevision(pair.second(), revisions);
        }
        return revisions;
    }

    private void putRevision(long block, Map<Long, Long> revisions) throws DeviceException {
        try {
            int revision = blocks.window(block)
                    .read(0, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            if (revision != ERASED) {
                revisions.put(block, Integer.toUnsignedLong(revision));
            }
        } catch (BadBlockException e) {
            // A block that cannot be read tells nothing; the check reports it.
            revisions.remove(block);
        }
    }
}
