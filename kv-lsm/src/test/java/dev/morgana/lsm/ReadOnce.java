package dev.morgana.lsm;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** A device that notes which bytes were read, and which of them more than once. */
final class ReadOnce extends ForwardingBlockDevice {
    private final BitSet read = new BitSet();
    private final BitSet twice = new BitSet();

    ReadOnce(BlockDevice inner) {
        super(inner);
    }

    int bytes() {
        return read.cardinality();
    }

    int twice() {
        return twice.cardinality();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int from = (int) position;
        int to = from + target.remaining();
        BitSet now = new BitSet();
        now.set(from, to);
        now.and(read);
        twice.or(now);
        read.set(from, to);
        device().read(position, target);
    }

    /** The tests ask for the geometry that it has. */
    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        throw new IllegalArgumentException("geometry " + reshaped.geometry());
    }
}
