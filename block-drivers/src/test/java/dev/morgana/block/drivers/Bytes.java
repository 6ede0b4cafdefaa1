package dev.morgana.block.drivers;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.option.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Short forms for tests: options, bytes, and moving them. */
public final class Bytes {
    private Bytes() {}

    public static Options options(String... namesAndValues) {
        Options options = Options.none();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options = options.plus(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    public static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    public static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] read(BlockDevice device, long position, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        device.read(position, target);
        return target.array();
    }

    public static byte[] all(BlockDevice device) throws IOException {
        return read(device, 0, (int) device.geometry().sizeBytes());
    }

    public static void program(BlockDevice device, long position, byte... bytes) throws IOException {
        device.program(position, ByteBuffer.wrap(bytes));
    }
}
