package dev.morgana.pwkvs;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;

/** Memory of which a bit can flip behind the back of an open store. */
final class FlippableDevice extends ForwardingBlockDevice {
    FlippableDevice(RamDevice inner) {
        super(inner);
    }

    /** Flips a bit of a byte, which the device lets nobody else do: it is programmed in the place it has. */
    void flip(int offset) throws DeviceException {
        Geometry geometry = device().geometry();
        int unit = geometry.programSize();
        ByteBuffer bytes = ByteBuffer.allocate(unit);
        int start = offset / unit * unit;
        device().read(start, bytes);
        bytes.array()[offset - start] ^= (byte) (1 << offset % 8);
        device().program(start, bytes.flip());
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        throw new AssertionError("the tests ask for the geometry that it has");
    }
}
