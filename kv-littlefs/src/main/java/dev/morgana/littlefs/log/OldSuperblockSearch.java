package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.OldSuperblock;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.BlockWindow;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import java.util.Optional;

/** Finds the superblock of a littlefs 1: in block 0, or else in block 1, where blocks are as long as it says itself. */
public final class OldSuperblockSearch {
    private static final int BLOCK_SIZE_MAX = 1 << 20;

    private OldSuperblockSearch() {}

    /**
     * Searches a device.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static Optional<OldSuperblock> find(BlockDevice device) throws DeviceException {
        Optional<OldSuperblock> found = at(device, 0);
        for (long size = Settings.BLOCK_SIZE_MIN; found.isEmpty() && size <= BLOCK_SIZE_MAX; size *= 2) {
            long blockSize = size;
            found = at(device, size).filter(superblock -> superblock.blockSize() == blockSize);
        }
        return found;
    }

    /**
     * Refuses a device that holds a littlefs 1.
     *
     * @throws UnsupportedFormatException if it does
     * @throws StoreException for this, or if the device fails other than by a bad block
     */
    public static void refuse(BlockDevice device) throws StoreException {
        Optional<OldSuperblock> found = find(device);
        if (found.isPresent()) {
            throw PeerError.INVAL.on(
                    new UnsupportedFormatException("littlefs " + found.get().versionText(), "2.0 to 2.1"));
        }
    }

    private static Optional<OldSuperblock> at(BlockDevice device, long position) throws DeviceException {
        int unit = device.geometry().readSize();
        int size = (OldSuperblock.BYTES + unit - 1) / unit * unit;
        if (position % unit != 0 || position + size > device.geometry().sizeBytes()) {
            return Optional.empty();
        }
        try {
            return OldSuperblock.decode(new BlockWindow(device, position, size).read(0, OldSuperblock.BYTES));
        } catch (BadBlockException e) {
            return Optional.empty();
        }
    }
}
