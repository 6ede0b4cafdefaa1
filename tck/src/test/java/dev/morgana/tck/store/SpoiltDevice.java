package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A right device; each test spoils one method. */
class SpoiltDevice implements BlockDevice {
    final BlockDevice inner;

    SpoiltDevice(BlockDevice inner) {
        this.inner = inner;
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

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return wanted.equals(geometry()) ? this : inner.reshape(wanted);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
