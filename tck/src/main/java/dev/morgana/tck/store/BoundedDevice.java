package dev.morgana.tck.store;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A device that takes so many requests and no more, against loops without an end. */
final class BoundedDevice extends ForwardingBlockDevice {
    private final AtomicLong left;

    BoundedDevice(BlockDevice inner, long requests) {
        this(inner, new AtomicLong(requests));
    }

    private BoundedDevice(BlockDevice inner, AtomicLong left) {
        super(inner);
        this.left = left;
    }

    private void count() {
        if (left.decrementAndGet() < 0) {
            throw new AssertionError("the store made far more device requests than its work can need: endless loop?");
        }
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        count();
        device().read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        count();
        device().program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        count();
        device().erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        count();
        device().sync();
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new BoundedDevice(reshaped, left);
    }
}
