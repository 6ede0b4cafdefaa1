package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/**
 * A range of a device, read piece by piece as far as somebody asks: logs are usually much shorter than their block. The
 * pieces grow, so that a long log needs few reads, and only the last one is kept.
 */
public final class BlockWindow implements BlockBytes {
    private static final int FIRST_PIECE_BYTES = 64;
    private static final int LARGEST_PIECE_BYTES = 8192;

    private final BlockDevice device;
    private final long base;
    private final int size;
    private final int unit;

    private byte[] bytes = new byte[0];
    private int start;
    private int pieceBytes;

    /** A window at a position of the device; the size is a multiple of the device's read size, and so is the position. */
    public BlockWindow(BlockDevice device, long base, int size) {
        this.device = device;
        this.base = base;
        this.size = size;
        this.unit = device.geometry().readSize();
        assert base % unit == 0 && size % unit == 0 : base + ", " + size + ", " + unit;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ByteBuffer read(int offset, int length) throws DeviceException {
        assert offset >= 0 && length >= 0 && length <= size - offset : offset + ", " + length;
        if (offset < start || offset + length > start + bytes.length) {
            load(offset, length);
        }
        return ByteBuffer.wrap(bytes, offset - start, length);
    }

    /** Replaces the piece by one that holds the range, and keeps what both have in common. */
    private void load(int offset, int length) throws DeviceException {
        int newStart = offset - offset % unit;
        int wanted = Math.max(offset + length - newStart, pieceBytes);
        // Rounding up in long arithmetic: the range may end at the end of the largest possible block.
        int newEnd = (int) Math.min(size, (newStart + (long) wanted + unit - 1) / unit * unit);
        byte[] piece = new byte[newEnd - newStart];
        int kept = 0;
        if (newStart >= start && newStart < start + bytes.length) {
            kept = Math.min(start + bytes.length - newStart, piece.length);
            System.arraycopy(bytes, newStart - start, piece, 0, kept);
        }
        try {
            device.read(base + newStart + kept, ByteBuffer.wrap(piece, kept, piece.length - kept));
        } catch (DeviceException e) {
            throw Blocks.named(e);
        }
        bytes = piece;
        start = newStart;
        pieceBytes = pieceBytes == 0 ? FIRST_PIECE_BYTES : Math.min(2 * pieceBytes, LARGEST_PIECE_BYTES);
    }
}
