package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;

/** What is done to a file system as a whole (sections 7.6 and 13.4). */
public final class Maintenance {
    private final FileSystem fileSystem;

    /** Maintains a file system. */
    public Maintenance(FileSystem fileSystem) {
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
        Anchor at = fileSystem.anchors().directory(BlockPair.SUPERBLOCK);
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
            fileSystem.anchors().release(at);
        }
    }

    private boolean isWorthCompacting(MetadataPair pair, long threshold) throws StoreException {
        PairWriter writer = fileSystem.writer();
        boolean full = pair.endOffset() > threshold || !writer.isAppendable(pair);
        return full && writer.gainsByCompaction(pair);
    }

    /**
     * Gives the file system more blocks of its device. Only the last superblock is rewritten, as the C implementation does it;
     * where wear has made more than one, the others keep the old number, and a later mount that insists on a number of blocks
     * is refused, whichever it is.
     *
     * @throws InvalidRequestException if it is fewer than there are, or more than the device has
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public void grow(long blockCount) throws StoreException {
        Superblock old = fileSystem.volume().superblock();
        long most = fileSystem.volume().blocks().all().count();
        if (blockCount < old.blockCount() || blockCount > most) {
            throw PeerError.INVAL.on(new InvalidRequestException("cannot grow to " + blockCount + " blocks; there are "
                    + old.blockCount() + ", the device has " + most));
        }
        if (blockCount > old.blockCount()) {
            fileSystem.repair();
            fileSystem.replaceSuperblock(new Superblock(
                    fileSystem.volume().superblock().version(),
                    old.blockSize(),
                    blockCount,
                    fileSystem.volume().nameMax(),
                    fileSystem.volume().fileMax(),
                    fileSystem.volume().attrMax()));
        }
    }
}
