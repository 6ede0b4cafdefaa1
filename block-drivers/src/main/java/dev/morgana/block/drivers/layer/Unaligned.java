package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** Requests for any bytes, whatever the units of the device: the units around them are read, and programmed again. */
final class Unaligned {
    private Unaligned() {}

    static ByteBuffer read(BlockDevice device, long position, int length) throws DeviceException {
        int unit = device.geometry().readSize();
        long from = position - position % unit;
        long to = roundUp(position + length, unit);
        ByteBuffer units = ByteBuffer.allocate((int) (to - from));
        device.read(from, units);
        return units.slice((int) (position - from), length);
    }

    static void write(BlockDevice device, long position, ByteBuffer source) throws DeviceException {
        if (!source.hasRemaining()) {
            return;
        }
        int unit = device.geometry().programSize();
        long from = position - position % unit;
        long to = roundUp(position + source.remaining(), unit);
        ByteBuffer units = read(device, from, (int) (to - from));
        units.put((int) (position - from), source, source.position(), source.remaining());
        device.program(from, units);
    }

    private static long roundUp(long position, int unit) {
        return (position + unit - 1) / unit * unit;
    }
}
