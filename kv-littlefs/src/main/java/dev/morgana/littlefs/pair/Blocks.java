package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;

/** The blocks of a file system on its device. Safe for use by many threads. */
public final class Blocks {
    /** What one device read for unaligned bytes fetches at most. */
    private static final int SCRATCH_BYTES = 64 * 1024;

    private final BlockDevice device;
    private final long count;

    /**
     * The first blocks of a device.
     *
     * @param device a device whose geometry has the file system's block size
     * @param count how many of its blocks belong to the file system
     */
    public Blocks(BlockDevice device, long count) {
        assert count >= 0 && count <= device.geometry().blockCount() : count + " of " + device.geometry();
        this.device = device;
        this.count = count;
    }

    /** The same device with another number of blocks. */
    public Blocks withCount(long newCount) {
        return new Blocks(device, newCount);
    }

    /** All blocks of the device, also those that do not belong to the file system. */
    public Blocks all() {
        return withCount(device.geometry().blockCount());
    }

    /** The device below. */
    public BlockDevice device() {
        return device;
    }

    /** The geometry of the file system. */
    public Geometry geometry() {
        return device.geometry().withBlockCount(count);
    }

    /** The size of a block in bytes. */
    public int size() {
        return device.geometry().blockSize();
    }

    /** How many blocks there are. */
    public long count() {
        return count;
    }

    /** A place for messages. */
    public Position position(long block, long offset, String structure) {
        return new Position(device.name(), block, offset, structure);
    }

    /**
     * Refuses a block number that was read from the medium and is none.
     *
     * @param block the number
     * @param where where it stands
     * @throws CorruptStoreException if there is no such block
     */
    public void checkBlock(long block, Position where) throws CorruptStoreException {
        if (block >= count) {
            throw PeerError.corrupt(where, "a block number below " + count, "block " + block);
        }
    }

    /** The bytes of a block, read as far as needed. The window is for one thread. */
    public BlockBytes window(long block) {
        assert block < count : block;
        return new BlockWindow(device, device.geometry().startOf(block), size());
    }

    /**
     * Reads bytes of one block, aligned or not.
     *
     * @throws DeviceException if the device fails; a bad block has the name CORRUPT, everything else IO
     */
    public void read(long block, int offset, ByteBuffer target) throws DeviceException {
        assert block < count && offset >= 0 && target.remaining() <= size() - offset : block + ", " + offset;
        int unit = device.geometry().readSize();
        try {
            if (offset % unit == 0 && target.remaining() % unit == 0) {
                device.read(device.geometry().startOf(block) + offset, target);
            } else {
                readUnaligned(device.geometry().startOf(block) + offset, target, unit);
            }
        } catch (DeviceException e) {
            throw named(e);
        }
    }

    /**
     * Erases a block.
     *
     * @return whether the medium says that it holds data
     * @throws DeviceException if the device fails other than by a bad block
     */
    public boolean erase(long block) throws DeviceException {
        assert block < count : block;
        return isTaken(() -> {
            device.erase(block);
            return true;
        });
    }

    /**
     * Programs bytes of one block and reads them back, so that a medium that loses them is found out.
     *
     * @param source the bytes, whole units; its position stays
     * @return whether they are there now
     * @throws DeviceException if the device fails other than by a bad block
     */
    public boolean program(long block, int offset, ByteBuffer source) throws DeviceException {
        assert block < count && source.remaining() <= size() - offset : block + ", " + offset;
        return isTaken(() -> {
            device.program(device.geometry().startOf(block) + offset, source.duplicate());
            return holds(block, offset, source);
        });
    }

    private interface Write {
        boolean run() throws DeviceException;
    }

    /** Whether a block takes what is written to it: a bad one does not. */
    private static boolean isTaken(Write write) throws DeviceException {
        try {
            return write.run();
        } catch (BadBlockException e) {
            return false;
        } catch (DeviceException e) {
            throw named(e);
        }
    }

    private boolean holds(long block, int offset, ByteBuffer expected) throws DeviceException {
        ByteBuffer found = ByteBuffer.allocate(expected.remaining());
        read(block, offset, found);
        return found.flip().equals(expected);
    }

    /**
     * Makes everything durable that was programmed and erased.
     *
     * @throws DeviceException if the device fails
     */
    public void sync() throws DeviceException {
        try {
            device.sync();
        } catch (DeviceException e) {
            throw named(e);
        }
    }

    private void readUnaligned(long position, ByteBuffer target, int unit) throws DeviceException {
        long at = position;
        while (target.hasRemaining()) {
            int skipped = (int) (at % unit);
            int wanted = (int) Math.min(target.remaining(), Math.max(SCRATCH_BYTES, unit) - (long) skipped);
            int length = (skipped + wanted + unit - 1) / unit * unit;
            ByteBuffer scratch = ByteBuffer.allocate(length);
            device.read(at - skipped, scratch);
            target.put(scratch.array(), skipped, wanted);
            at += wanted;
        }
    }

    /** Gives a device's failure the peer's name. */
    public static DeviceException named(DeviceException failure) {
        boolean badBlock = failure instanceof BadBlockException;
        return (badBlock ? PeerError.CORRUPT : PeerError.IO).on(failure);
    }
}
