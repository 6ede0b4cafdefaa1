package dev.morgana.tck.readerror;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A device whose reads may fail. */
final class FailingReadDevice extends ForwardingBlockDevice {
    private final int number;
    private final FailingReads failing;

    FailingReadDevice(BlockDevice inner, int number, FailingReads failing) {
        super(inner);
        this.number = number;
        this.failing = failing;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry().checkRead(position, target.remaining());
        failing.read(number, name(), position, target.remaining());
        device().read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        failing.writes();
        device().program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        failing.writes();
        device().erase(block);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new FailingReadDevice(reshaped, number, failing);
    }
}
