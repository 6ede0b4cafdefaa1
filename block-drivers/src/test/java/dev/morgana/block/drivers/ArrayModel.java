package dev.morgana.block.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What a device must hold, as an array: programs overwrite, erases fill. */
public final class ArrayModel {
    private static final int STEPS = 2000;

    private final BlockDevice device;
    private final BlockDevice zeros;
    private final BlockDevice halves;
    private final byte[] expected;
    private final Random random;

    private ArrayModel(BlockDevice device, long seed) throws IOException {
        Geometry geometry = device.geometry();
        int size = (int) geometry.sizeBytes();
        this.device = device;
        this.zeros = device.reshape(geometry.withErased(ErasedState.ZEROS));
        this.halves = device.reshape(geometry.withUnits(1, 1, size / 2));
        this.expected = Bytes.all(device);
        this.random = new Random(seed);
    }

    /** Carries out seeded random operations on a device of units of one byte, and compares after each. */
    public static void assertAgreement(BlockDevice device, long seed) throws IOException {
        ArrayModel model = new ArrayModel(device, seed);
        for (int step = 0; step < STEPS; step++) {
            model.change();
            model.compare();
        }
    }

    private void change() throws IOException {
        switch (random.nextInt(100)) {
            case 0 -> erase(halves);
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> erase(device);
            case 11, 12, 13, 14, 15, 16, 17, 18 -> erase(zeros);
            default -> program();
        }
    }

    private void erase(BlockDevice view) throws IOException {
        Geometry geometry = view.geometry();
        int block = random.nextInt((int) geometry.blockCount());
        view.erase(block);
        int start = (int) geometry.startOf(block);
        byte value = (byte) geometry.erased().byteValue().orElseThrow();
        Arrays.fill(expected, start, start + geometry.blockSize(), value);
    }

    private void program() throws IOException {
        int at = random.nextInt(expected.length);
        byte[] bytes = new byte[random.nextInt(expected.length - at)];
        random.nextBytes(bytes);
        device.program(at, random.nextBoolean() ? ByteBuffer.wrap(bytes) : direct(bytes));
        System.arraycopy(bytes, 0, expected, at, bytes.length);
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private void compare() throws IOException {
        int from = random.nextInt(expected.length);
        int to = from + random.nextInt(expected.length - from);
        assertThat(Bytes.read(device, from, to - from)).isEqualTo(Arrays.copyOfRange(expected, from, to));
    }
}
