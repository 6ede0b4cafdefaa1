package dev.morgana.pwkvs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;

/** Memory of which a bit can flip behind the back of an open store. */
final class FlippableDevice implements BlockDevice {
    private final RamDevice inner;

    FlippableDevice(RamDevice inner) {
        this.inner = inner;
    }

    /** Flips a bit of a byte, which the device lets nobody else do: it is programmed in the place it has. */
    void flip(int offset) throws DeviceException {
        Geometry geometry = inner.geometry();
        int unit = geometry.programSize();
        ByteBuffer bytes = ByteBuffer.allocate(unit);
        int start = offset / unit * unit;
        inner.read(start, bytes);
        bytes.array()[offset - start] ^= (byte) (1 << offset % 8);
        inner.program(start, bytes.flip());
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
        return false;
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
        inner.geometry();
        return this; // the tests ask for the geometry that it has
    }

    @Override
    public void close() {
        inner.close();
    }
}
