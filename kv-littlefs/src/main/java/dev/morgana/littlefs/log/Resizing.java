package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;

/** Changes the number of blocks that a file system has (section 7.6). */
public final class Resizing {
    private final FileSystem fileSystem;

    /** Changes it of a file system. */
    public Resizing(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
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
