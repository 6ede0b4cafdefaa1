package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Misbehaves in blocks that {@link BadBlocks} marks. A bad block is a place on the medium: it is numbered in blocks of the
 * inner device, and hits every request that touches it, also through a view with other blocks. A
 * {@link BadBlockException} names the block as the view counts it.
 */
public final class BadBlockDevice extends ForwardingBlockDevice {
    private final BadBlocks bad;
    private final int markedBlockSize;

    private BadBlockDevice(BlockDevice inner, BadBlocks bad, int markedBlockSize) {
        super(inner);
        this.bad = bad;
        this.markedBlockSize = markedBlockSize;
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one. Its blocks are those that are marked
     * @param bad the bad blocks
     * @return the device with faults
     */
    public static BadBlockDevice of(BlockDevice inner, BadBlocks bad) {
        return new BadBlockDevice(inner, bad, inner.geometry().blockSize());
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new BadBlockDevice(view, bad, markedBlockSize);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int length = target.remaining();
        geometry().checkRead(position, length);
        failOn(BlockFault.READ_ERROR, "read", position, length);
        int start = target.position();
        device().read(position, target);
        long end = position + length;
        bad.between(position / markedBlockSize, lastBlock(position, length)).forEach((block, fault) -> {
            if (fault == BlockFault.READ_WRONG) {
                long from = Math.max(position, block * markedBlockSize);
                long to = Math.min(end, (block + 1) * markedBlockSize);
                flip(target, start + (int) (from - position), start + (int) (to - position));
            }
        });
    }

    private static void flip(ByteBuffer bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            bytes.put(i, (byte) (bytes.get(i) ^ 1));
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        int length = source.remaining();
        geometry().checkProgram(position, length);
        failOn(BlockFault.PROGRAM_ERROR, "program", position, length);
        if (touches(BlockFault.PROGRAM_NOOP, position, length).isPresent()) {
            drop(position);
            source.position(source.limit());
        } else {
            device().program(position, source);
        }
    }

    @Override
    public void erase(long block) throws DeviceException {
        Geometry geometry = geometry();
        geometry.checkErase(block);
        long start = geometry.startOf(block);
        failOn(BlockFault.ERASE_ERROR, "erase", start, geometry.blockSize());
        if (touches(BlockFault.ERASE_NOOP, start, geometry.blockSize()).isPresent()) {
            drop(start);
        } else {
            device().erase(block);
        }
    }

    /** Programs nothing: a device that is closed or read-only still says so. */
    private void drop(long position) throws DeviceException {
        device().program(position, ByteBuffer.allocate(0));
    }

    private void failOn(BlockFault fault, String operation, long position, int length) throws BadBlockException {
        Optional<Long> hit = touches(fault, position, length);
        if (hit.isPresent()) {
            long place = Math.max(position, hit.get() * markedBlockSize);
            throw new BadBlockException(name(), geometry().blockAt(place), operation);
        }
    }

    private Optional<Long> touches(BlockFault fault, long position, int length) {
        return length == 0
                ? Optional.empty()
                : bad.first(fault, position / markedBlockSize, lastBlock(position, length));
    }

    private long lastBlock(long position, int length) {
        return (position + Math.max(0, length - 1)) / markedBlockSize;
    }
}
