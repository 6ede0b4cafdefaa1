package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Gives devices the shape of blocks. */
public final class DeviceShape {
    private DeviceShape() {}

    /**
     * A device as blocks.
     *
     * @param size the size of a block
     * @param count how many; 0 for as many as there are
     */
    public static Blocks blocks(BlockDevice device, int size, int count, byte freePattern) throws StoreException {
        Geometry own = device.geometry();
        if (size % own.readSize() != 0 || size % own.programSize() != 0) {
            throw PeerError.INVALID_BLOCK_SIZE.on(new InvalidOptionException(
                    "blockSize",
                    size + " is not a multiple of what " + device.name() + " reads (" + own.readSize()
                            + ") and programs (" + own.programSize() + ") at once"));
        }
        Geometry whole = own.withUnits(own.readSize(), own.programSize(), size);
        long blocks = count == 0 ? whole.blockCount() : count;
        if (blocks > whole.blockCount() || blocks > Integer.MAX_VALUE) {
            throw new InvalidOptionException(
                    "blockCount",
                    blocks + " blocks of " + size + " bytes do not fit on " + device.name() + ", at most "
                            + Math.min(whole.blockCount(), Integer.MAX_VALUE) + " do");
        }
        return new Blocks(device.reshape(whole.withBlockCount(blocks)), (int) blocks, freePattern);
    }

    /** The block size that a header on the device tells, if something like one is there. */
    public static OptionalInt announcedBlockSize(BlockDevice device) throws DeviceException {
        Geometry own = device.geometry();
        int unit = own.readSize();
        int length = (StorageHeader.PREFIX_BYTES + unit - 1) / unit * unit;
        if (length > own.sizeBytes()) {
            return OptionalInt.empty();
        }
        byte[] prefix = new byte[length];
        device.read(0, ByteBuffer.wrap(prefix));
        long size = StorageHeader.announcedBlockSize(prefix);
        boolean plausible = StorageHeader.isAnnounced(prefix)
                && size >= BlockSize.LEAST_OPENED
                && size <= Math.min(own.sizeBytes(), Integer.MAX_VALUE)
                && size % unit == 0
                && size % own.programSize() == 0;
        return plausible ? OptionalInt.of((int) size) : OptionalInt.empty();
    }
}
