package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A device as the format sees it: blocks that are read and written as a whole, and freed by being written over. Nothing is
 * ever erased.
 */
public final class Blocks {
    private final BlockDevice device;
    private final int size;
    private final int count;
    private final byte freePattern;

    /** Blocks of the device's own block size; the device may be larger than their number. */
    Blocks(BlockDevice device, int count, byte freePattern) {
        assert count <= device.geometry().blockCount() : count;
        this.device = device;
        this.size = device.geometry().blockSize();
        this.count = count;
        this.freePattern = freePattern;
    }

    /** The device; closing it is the business of the store. */
    public BlockDevice device() {
        return device;
    }

    /** The size of a block in bytes. */
    public int size() {
        return size;
    }

    /** How many blocks there are, block 0 included. */
    public int count() {
        return count;
    }

    /** Reads a block into an array of its size. */
    public void read(int block, byte[] target) throws DeviceException {
        assert block >= 0 && block < count && target.length == size : block;
        try {
            device.read((long) block * size, ByteBuffer.wrap(target));
        } catch (DeviceException e) {
            throw PeerError.IO.on(e);
        }
    }

    /** Reads a block. */
    public byte[] read(int block) throws DeviceException {
        byte[] bytes = new byte[size];
        read(block, bytes);
        return bytes;
    }

    /** Writes a block. */
    void write(int block, byte[] source) throws DeviceException {
        assert block >= 0 && block < count && source.length == size : block;
        try {
            device.program((long) block * size, ByteBuffer.wrap(source));
        } catch (DeviceException e) {
            throw PeerError.IO.on(e);
        }
    }

    /** Writes the free pattern over a block. */
    void free(int block) throws DeviceException {
        byte[] free = new byte[size];
        Arrays.fill(free, freePattern);
        write(block, free);
    }

    /** Makes durable what was written. */
    void sync() throws DeviceException {
        try {
            device.sync();
        } catch (DeviceException e) {
            throw PeerError.IO.on(e);
        }
    }

    /** A place in a block, for errors and findings. */
    public Position at(int block, int offset, String structure) {
        return new Position(device.name(), block, offset, structure);
    }

    /** The error of a block that is not what it should be. */
    CorruptStoreException corrupt(int block, String structure, Defect defect) {
        return new CorruptStoreException(at(block, defect.offset(), structure), defect.expected(), defect.found());
    }
}
