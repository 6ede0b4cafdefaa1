package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A device of a {@link VolatileMedium}. The blocks that fail together in a power loss are the medium's own; under a reshaped
 * geometry, whose blocks are whole numbers of them, a request becomes one for each.
 */
final class VolatileDevice implements BlockDevice {
    private final VolatileMedium medium;
    private final int device;
    private final Geometry own;
    private final Geometry geometry;
    private final AtomicBoolean closed;

    VolatileDevice(VolatileMedium medium, int device, Geometry geometry) {
        this(medium, device, geometry, geometry, new AtomicBoolean());
    }

    private VolatileDevice(VolatileMedium medium, int device, Geometry own, Geometry geometry, AtomicBoolean closed) {
        this.medium = medium;
        this.device = device;
        this.own = own;
        this.geometry = geometry;
        this.closed = closed;
    }

    @Override
    public String name() {
        return "volatile-" + device;
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry.checkRead(position, target.remaining());
        synchronized (medium) {
            begin();
            long place = position;
            while (target.hasRemaining()) {
                int offset = (int) (place % own.blockSize());
                int count = Math.min(target.remaining(), own.blockSize() - offset);
                target.put(medium.content(device, own.blockAt(place)), offset, count);
                place += count;
            }
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        geometry.checkProgram(position, source.remaining());
        if (medium.isFlash()) {
            geometry.checkWithinBlock(position, source.remaining());
        }
        synchronized (medium) {
            begin();
            long place = position;
            while (source.hasRemaining()) {
                int offset = (int) (place % own.blockSize());
                byte[] part = new byte[Math.min(source.remaining(), own.blockSize() - offset)];
                source.get(part);
                medium.program(device, own.blockAt(place), offset, part);
                place += part.length;
            }
        }
    }

    @Override
    public void erase(long block) throws DeviceException {
        geometry.checkErase(block);
        synchronized (medium) {
            begin();
            long first = own.blockAt(geometry.startOf(block));
            for (int i = 0; i < geometry.blockSize() / own.blockSize(); i++) {
                medium.erase(device, first + i);
            }
        }
    }

    @Override
    public void sync() throws DeviceException {
        synchronized (medium) {
            begin();
            medium.note(new Event.Sync(device));
        }
    }

    private void begin() throws DeviceClosedException {
        if (closed.get()) {
            throw new DeviceClosedException(name());
        }
        medium.request();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        if (closed.get()) {
            throw new DeviceClosedException(name());
        }
        if (wanted.sizeBytes() > own.sizeBytes()
                || wanted.erased() != own.erased()
                || wanted.blockSize() % own.blockSize() != 0
                || wanted.programSize() % own.programSize() != 0) {
            throw new DeviceIoException(
                    name(), "reshape failed: has " + own + ", cannot be " + wanted, 0, wanted.sizeBytes(), null);
        }
        return wanted.equals(geometry) ? this : new VolatileDevice(medium, device, own, wanted, closed);
    }

    @Override
    public void close() {
        synchronized (medium) {
            closed.set(true);
        }
    }
}
