package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;

/** Gives a device the geometry of the file system on it. */
public final class DeviceShape {
    private DeviceShape() {}

    /**
     * All whole blocks of a device.
     *
     * @param blockSize in bytes, as the user or the superblock says
     * @throws dev.morgana.spi.error.CorruptStoreException if there is no such block size
     * @throws InvalidOptionException if the units do not fit each other
     * @throws StoreException for these, or if the device cannot have these units
     */
    public static Blocks blocks(BlockDevice device, long blockSize, Settings settings) throws StoreException {
        if (blockSize < Settings.BLOCK_SIZE_MIN || blockSize > Settings.BLOCK_SIZE_MAX) {
            throw PeerError.corrupt(
                    new Position(device.name(), Position.NO_BLOCK, 0, "device"),
                    "blocks of " + Settings.BLOCK_SIZE_MIN + " to " + Settings.BLOCK_SIZE_MAX + " bytes",
                    "a block size of " + blockSize);
        }
        long count = device.geometry().sizeBytes() / blockSize;
        int size = (int) blockSize;
        Geometry own = device.geometry();
        int read = unit("readSize", settings.readSize(), own.readSize(), size);
        // Chamelon writes whole blocks; its unit of programming is one of its logs alone.
        int wanted = settings.dialect() == Dialect.CHAMELON ? 0 : settings.programSize();
        int program = unit("progSize", wanted, own.programSize(), size);
        try {
            return new Blocks(device.reshape(new Geometry(read, program, size, count, own.erased())), count);
        } catch (DeviceException e) {
            throw Blocks.named(e);
        }
    }

    /** The unit that the user asks for, else the device's. */
    private static int unit(String option, int wanted, int own, int blockSize) throws InvalidOptionException {
        if (wanted == 0) {
            if (blockSize % own != 0 && own > 1) {
                throw PeerError.INVAL.on(new InvalidOptionException(
                        option,
                        "the device's unit of " + own + " bytes does not divide the block size of " + blockSize
                                + " bytes; open the device with another unit"));
            }
            return own;
        }
        if (blockSize % wanted != 0) {
            throw PeerError.INVAL.on(new InvalidOptionException(
                    option, wanted + " does not divide the block size of " + blockSize + " bytes"));
        }
        return wanted;
    }
}
