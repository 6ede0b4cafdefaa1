package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;

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
            for (BlockPair address : thread()) {
                MetadataPair pair = fileSystem.pair(address);
                if (!pair.erased() || pair.endOffset() > threshold) {
                    fileSystem.committer().compact(pair.blocks());
                }
            }
        }
        fileSystem.allocator().used();
    }

    private List<BlockPair> thread() throws StoreException {
        List<BlockPair> addresses = new ArrayList<>();
        ThreadWalk thread = new ThreadWalk(fileSystem.volume().pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            addresses.add(pair.blocks());
        }
        return addresses;
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
        fileSystem.repair();
        Superblock old = fileSystem.volume().superblock();
        long most = fileSystem.volume().blocks().all().count();
        if (blockCount < old.blockCount() || blockCount > most) {
            throw PeerError.INVAL.on(new InvalidRequestException("cannot grow to " + blockCount + " blocks; there are "
                    + old.blockCount() + ", the device has " + most));
        }
        if (blockCount > old.blockCount()) {
            fileSystem.replaceSuperblock(new Superblock(
                    old.version(),
                    old.blockSize(),
                    blockCount,
                    fileSystem.volume().nameMax(),
                    fileSystem.volume().fileMax(),
                    fileSystem.volume().attrMax()));
        }
    }
}
