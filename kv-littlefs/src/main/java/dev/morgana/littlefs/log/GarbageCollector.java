package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.PairWriter;
import dev.morgana.spi.error.StoreException;

/** Does work that later changes would have to do (section 13.4). */
public final class GarbageCollector {
    private final FileSystem fileSystem;

    /** Collects in a file system. */
    public GarbageCollector(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /**
     * Repairs, compacts pairs whose next commit would have to, and makes the map of free blocks.
     *
     * @throws StoreException if the medium is damaged or fails
     */
    public void collect() throws StoreException {
        fileSystem.repair();
        Volume volume = fileSystem.volume();
        int blockSize = volume.blocks().size();
        long threshold = volume.settings().writing().compactAbove(blockSize);
        if (threshold < blockSize - volume.blocks().geometry().programSize()) {
            compactAbove(threshold);
        }
        fileSystem.allocator().used();
    }

    /** Goes along the thread by the pairs as they are after each step. */
    private void compactAbove(long threshold) throws StoreException {
        Tracker at = fileSystem.trackers().directory(BlockPair.SUPERBLOCK);
        try {
            MetadataPair pair = fileSystem.pair(at.pair());
            while (true) {
                if (isWorthCompacting(pair, threshold)) {
                    fileSystem.committer().compact(pair.blocks());
                    fileSystem.ensureValid();
                    pair = fileSystem.pair(at.pair());
                }
                Tail tail = pair.state().tail();
                if (tail == null) {
                    return;
                }
                at.moveTo(tail.pair(), 0);
                pair = fileSystem.pair(at.pair());
            }
        } finally {
            fileSystem.trackers().release(at);
        }
    }

    private boolean isWorthCompacting(MetadataPair pair, long threshold) throws StoreException {
        PairWriter writer = fileSystem.writer();
        boolean full = pair.endOffset() > threshold || !writer.isAppendable(pair);
        return full && writer.gainsByCompaction(pair);
    }
}
