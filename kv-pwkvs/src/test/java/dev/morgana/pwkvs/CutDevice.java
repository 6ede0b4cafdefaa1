package dev.morgana.pwkvs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Memory that loses power in the middle of its n-th program or erase, of which it does the first half. */
final class CutDevice implements BlockDevice {
    private final RamDevice inner;
    private int left;

    CutDevice(RamDevice inner, int changesBeforeTheCut) {
        this.inner = inner;
        this.left = changesBeforeTheCut;
    }

    /** Whether the power failed. */
    boolean isOff() {
        return left < 0;
    }

    private boolean fails() throws DeviceException {
        left--;
        if (left < -1) {
            throw new DeviceIoException("cut", "no power", 0, 0, null);
        }
        return left < 0;
    }

    private static DeviceException lost() {
        return new DeviceIoException("cut", "power failed", 0, 0, null);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        if (fails()) {
            int unit = inner.geometry().programSize();
            source.limit(source.position() + source.remaining() / unit / 2 * unit);
            inner.program(position, source);
            throw lost();
        }
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        if (fails()) {
            byte[] half = new byte[inner.geometry().blockSize() / 2];
            Arrays.fill(half, (byte) 0xff);
            inner.program(inner.geometry().startOf(block), ByteBuffer.wrap(half));
            throw lost();
        }
        inner.erase(block);
    }

    @Override
    public String name() {
        return "cut";
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
    public void sync() throws DeviceException {
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) {
        if (!wanted.equals(geometry())) {
            throw new IllegalArgumentException(wanted + ": the tests ask for the geometry that it has");
        }
        return this;
    }

    @Override
    public void close() {
        inner.close();
    }
}
