package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Defect;
import dev.morgana.lsm.layout.PeerError;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;

/** A flash as the format sees it: pages that are erased as a whole, and programmed unit by unit. */
public final class Pages {
    private final BlockDevice device;
    private final Shape shape;
    private final int count;

    /**
     * Pages over a device whose blocks they are.
     *
     * @param count how many belong to the store; the device may have more
     */
    public Pages(BlockDevice device, Shape shape, int count) {
        assert device.geometry().blockSize() == shape.pageSize() : device.geometry();
        assert count <= device.geometry().blockCount() : count;
        this.device = device;
        this.shape = shape;
        this.count = count;
    }

    /** The device; closing it is the business of the store. */
    public BlockDevice device() {
        return device;
    }

    /** The options of the image. */
    public Shape shape() {
        return shape;
    }

    /** How many pages there are. */
    public int count() {
        return count;
    }

    /** The first pages alone. */
    Pages first(int pages) {
        return new Pages(device, shape, pages);
    }

    /** Reads a part of a page; it ends at a multiple of the alignment, or at the end of the page. */
    public byte[] read(int page, int offset, int length) throws DeviceException {
        byte[] bytes = new byte[Math.min(shape.aligned(length), shape.pageSize() - offset)];
        try {
            device.read(start(page) + offset, ByteBuffer.wrap(bytes));
        } catch (DeviceException e) {
            throw PeerError.FLASH.on(e);
        }
        return bytes;
    }

    /** Programs a part of a page. */
    void program(int page, int offset, byte[] bytes, int from, int to) throws DeviceException {
        if (from == to) {
            return;
        }
        try {
            device.program(start(page) + offset + from, ByteBuffer.wrap(bytes, from, to - from));
        } catch (DeviceException e) {
            throw PeerError.FLASH.on(e);
        }
    }

    void erase(int page) throws DeviceException {
        assert page >= 0 && page < count : page;
        try {
            device.erase(page);
        } catch (DeviceException e) {
            throw PeerError.FLASH.on(e);
        }
    }

    void sync() throws DeviceException {
        try {
            device.sync();
        } catch (DeviceException e) {
            throw PeerError.FLASH.on(e);
        }
    }

    private long start(int page) {
        assert page >= 0 && page < count : page;
        return (long) page * shape.pageSize();
    }

    /** A place in a page, for errors and findings. */
    public Position at(int page, int offset, String structure) {
        return new Position(device.name(), page, offset, structure);
    }

    /** The error of a page that is not what it should be. */
    CorruptStoreException corrupt(int page, int offset, String structure, String expected, String found) {
        return PeerError.CORRUPTED.on(new CorruptStoreException(at(page, offset, structure), expected, found));
    }

    CorruptStoreException corrupt(int page, Defect defect) {
        return corrupt(page, defect.offset(), defect.structure(), defect.expected(), defect.found());
    }
}
