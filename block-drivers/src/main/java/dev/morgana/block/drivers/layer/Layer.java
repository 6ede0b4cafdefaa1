package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A device around a device of the same geometry. By itself it changes nothing. */
abstract class Layer implements BlockDevice {
    final BlockDevice inner;

    Layer(BlockDevice inner) {
        this.inner = inner;
    }

    /** This layer, with the same state, around another view of the inner device. */
    abstract Layer around(BlockDevice view) throws DeviceException;

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
        BlockDevice view = inner.reshape(wanted);
        return view == inner ? this : around(view);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}
