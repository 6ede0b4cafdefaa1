package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A device that takes so many requests and no more, against loops without an end. */
final class BoundedDevice implements BlockDevice {
    private final BlockDevice inner;
    private final AtomicLong left;

    BoundedDevice(BlockDevice inner, long requests) {
        this(inner, new AtomicLong(requests));
    }

    private BoundedDevice(BlockDevice inner, AtomicLong left) {
        this.inner = inner;
        this.left = left;
    }

    private void count() {
        if (left.decrementAndGet() < 0) {
            throw new AssertionError("the store made far more device requests than its work can need: endless loop?");
        }
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
        count();
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        count();
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        count();
        inner.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        count();
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new BoundedDevice(inner.reshape(wanted), left);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
