package dev.morgana.tck.device;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Bytes to write, and bytes as read, for tests of devices. */
final class DeviceBytes {
    private DeviceBytes() {}

    /** Bytes that differ from each other and from other seeds', always the same for one seed. */
    static byte[] pattern(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] erased(Geometry geometry, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) geometry.erased().byteValue().orElseThrow());
        return bytes;
    }

    /** A buffer that is not empty, to see whether it was used. */
    static ByteBuffer buffer(int length) {
        return ByteBuffer.wrap(pattern(99, length));
    }

    static byte[] read(BlockDevice device, long position, int length) throws DeviceException {
        ByteBuffer target = ByteBuffer.allocate(length);
        device.read(position, target);
        return target.array();
    }

    static byte[] block(BlockDevice device, long block) throws DeviceException {
        Geometry geometry = device.geometry();
        return read(device, geometry.startOf(block), geometry.blockSize());
    }

    static byte[] all(BlockDevice device) throws DeviceException {
        return read(device, 0, Math.toIntExact(device.geometry().sizeBytes()));
    }

    static void program(BlockDevice device, long position, byte[] bytes) throws DeviceException {
        device.program(position, ByteBuffer.wrap(bytes));
    }

    /** Fills every block of an erased device with its own pattern. */
    static void fill(BlockDevice device) throws DeviceException {
        Geometry geometry = device.geometry();
        for (long block = 0; block < geometry.blockCount(); block++) {
            program(device, geometry.startOf(block), pattern(block, geometry.blockSize()));
        }
    }
}
