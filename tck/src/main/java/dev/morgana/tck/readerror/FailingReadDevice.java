package dev.morgana.tck.readerror;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A device whose reads may fail. */
record FailingReadDevice(BlockDevice inner, int number, FailingReads failing) implements BlockDevice {
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
        geometry().checkRead(position, target.remaining());
        failing.read(number, name(), position, target.remaining());
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        failing.writes();
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        failing.writes();
        inner.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        BlockDevice view = inner.reshape(wanted);
        return view == inner ? this : new FailingReadDevice(view, number, failing);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
