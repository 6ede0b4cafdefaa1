package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A range of a device as a device of its own; its first byte has position 0. The blocks of a partition may be larger than
 * those of the inner device, and need not begin where the inner device has a multiple of their size: a file system with
 * blocks of 64 KiB may begin at 36 KiB of a part that is erased by 4 KiB. An erase is then several erases below, and not one
 * step under a power loss.
 */
public final class PartitionDevice implements BlockDevice {
    private final BlockDevice inner;
    private final long offset;
    /** The bytes of the partition, whatever part of it this view shows. */
    private final long length;

    private final Geometry geometry;

    private PartitionDevice(BlockDevice inner, long offset, long length, Geometry geometry) {
        assert offset % inner.geometry().blockSize() == 0;
        assert geometry.blockSize() % inner.geometry().blockSize() == 0;
        this.inner = inner;
        this.offset = offset;
        this.length = length;
        this.geometry = geometry;
    }

    /**
     * Shows a range of a device, in the units of that device.
     *
     * @param inner the device; closed with the partition
     * @param offset the first byte, a multiple of the read size and the program size
     * @param length in bytes, a multiple of the block size, at least one block
     * @return the partition
     * @throws InvalidOptionException if the range is not inside the device, or not aligned
     * @throws DeviceException if the inner device cannot be erased in parts small enough for the offset
     * @throws StoreException for any of these
     */
    public static PartitionDevice of(BlockDevice inner, long offset, long length) throws StoreException {
        Geometry whole = inner.geometry();
        checkRange(whole, offset, length);
        if (!isAligned(offset, whole)) {
            throw new InvalidOptionException(
                    "offset",
                    offset + " is not a multiple of the read size of " + whole.readSize() + " and the program size of "
                            + whole.programSize() + " bytes");
        }
        return view(inner, offset, length, whole.withBlockCount(length / whole.blockSize()));
    }

    private static void checkRange(Geometry whole, long offset, long length) throws InvalidOptionException {
        long size = whole.sizeBytes();
        if (offset < 0 || offset >= size) {
            throw new InvalidOptionException("offset", offset + " is not inside the device of " + size + " bytes");
        }
        if (length < 1 || length > size - offset) {
            throw new InvalidOptionException(
                    "length",
                    length + " bytes from offset " + offset + " on are not inside the device of " + size
                            + " bytes, 1 to " + (size - offset) + " are");
        }
        if (length % whole.blockSize() != 0) {
            throw new InvalidOptionException(
                    "length",
                    length + " bytes are not a multiple of the block size of " + whole.blockSize()
                            + "; give a blockSize that divides the length");
        }
    }

    private static boolean isAligned(long offset, Geometry geometry) {
        return offset % geometry.readSize() == 0 && offset % geometry.programSize() == 0;
    }

    /** The inner device gets blocks that fit both the offset and the blocks of the partition. */
    private static PartitionDevice view(BlockDevice inner, long offset, long length, Geometry geometry)
            throws DeviceException {
        int step = BigInteger.valueOf(offset)
                .gcd(BigInteger.valueOf(geometry.blockSize()))
                .intValueExact();
        Geometry below = new Geometry(
                geometry.readSize(),
                geometry.programSize(),
                step,
                (offset + geometry.sizeBytes()) / step,
                geometry.erased());
        boolean fits = inner.geometry().withBlockCount(below.blockCount()).equals(below);
        BlockDevice shaped = inner.reshape(fits ? inner.geometry() : below);
        return new PartitionDevice(shaped, offset, length, geometry);
    }

    @Override
    public String name() {
        return inner.name() + "@0x" + Long.toHexString(offset);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return inner.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry.checkRead(position, target.remaining());
        try {
            inner.read(offset + position, target);
        } catch (BadBlockException e) {
            throw translated(e, "read");
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        geometry.checkProgram(position, source.remaining());
        try {
            programParts(position, source);
        } catch (BadBlockException e) {
            throw translated(e, "program");
        }
    }

    /**
     * A program inside one block of ours may cross the smaller blocks below, which flash refuses: it goes down in parts. One
     * that crosses our own blocks goes down whole, for the medium to judge.
     */
    private void programParts(long position, ByteBuffer source) throws DeviceException {
        int step = inner.geometry().blockSize();
        long last = position + Math.max(0, source.remaining() - 1);
        if (step == geometry.blockSize() || geometry.blockAt(position) != geometry.blockAt(last)) {
            inner.program(offset + position, source);
            return;
        }
        long at = position;
        do {
            int length = (int) Math.min(source.remaining(), step - at % step);
            inner.program(offset + at, source.slice(source.position(), length));
            source.position(source.position() + length);
            at += length;
        } while (source.hasRemaining());
    }

    @Override
    public void erase(long block) throws DeviceException {
        geometry.checkErase(block);
        int step = inner.geometry().blockSize();
        long first = (offset + geometry.startOf(block)) / step;
        try {
            for (long part = first; part < first + geometry.blockSize() / step; part++) {
                inner.erase(part);
            }
        } catch (BadBlockException e) {
            throw translated(e, "erase");
        }
    }

    /** Stores act on the number of a bad block, so it must be one of theirs. */
    private BadBlockException translated(BadBlockException e, String operation) {
        long position = Math.max(0, inner.geometry().startOf(e.block()) - offset);
        return new BadBlockException(name(), geometry.blockAt(position), operation, e);
    }

    @Override
    public void sync() throws DeviceException {
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        if (wanted.sizeBytes() > length) {
            throw impossible("the partition has " + length + " bytes, fewer than wanted", wanted);
        }
        if (!isAligned(offset, wanted)) {
            throw impossible("the partition does not begin at a multiple of the wanted read and program size", wanted);
        }
        PartitionDevice view = view(inner, offset, length, wanted);
        return wanted.equals(geometry) ? this : view;
    }

    private DeviceIoException impossible(String reason, Geometry wanted) {
        return new DeviceIoException(name(), reason, 0, wanted.sizeBytes(), null);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
