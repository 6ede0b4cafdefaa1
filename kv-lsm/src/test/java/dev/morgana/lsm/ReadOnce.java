package dev.morgana.lsm;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** A device that notes which bytes were read, and which of them more than once. */
final class ReadOnce implements BlockDevice {
    private final BlockDevice inner;
    private final BitSet read = new BitSet();
    private final BitSet twice = new BitSet();

    ReadOnce(BlockDevice inner) {
        this.inner = inner;
    }

    int bytes() {
        return read.cardinality();
    }

    int twice() {
        return twice.cardinality();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Geometry geometry() {
        return inner.geometry();
    }

    @Override
    public boolean isReadOnly() {
        return inner.isReadOnly();
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
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        inner.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        inner.sync();
    }

    /** Only the geometry that it has. */
    @Override
    public BlockDevice reshape(Geometry wanted) {
        if (!wanted.equals(geometry())) {
            throw new IllegalArgumentException("geometry " + wanted);
        }
        return this;
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
