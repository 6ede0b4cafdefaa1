package dev.morgana.pwkvs;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Memory that loses power in the middle of its n-th program or erase, of which it does the first half. */
final class CutDevice extends ForwardingBlockDevice {
    private int left;

    CutDevice(RamDevice inner, int changesBeforeTheCut) {
        super(inner);
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
            int unit = device().geometry().programSize();
            source.limit(source.position() + source.remaining() / unit / 2 * unit);
            device().program(position, source);
            throw lost();
        }
        device().program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        if (fails()) {
            byte[] half = new byte[device().geometry().blockSize() / 2];
            Arrays.fill(half, (byte) 0xff);
            device().program(device().geometry().startOf(block), ByteBuffer.wrap(half));
            throw lost();
        }
        device().erase(block);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        throw new AssertionError("the tests ask for the geometry that it has");
    }
}
