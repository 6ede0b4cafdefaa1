package dev.morgana.tck.device;

import static dev.morgana.tck.device.DeviceBytes.all;
import static dev.morgana.tck.device.DeviceBytes.block;
import static dev.morgana.tck.device.DeviceBytes.buffer;
import static dev.morgana.tck.device.DeviceBytes.fill;
import static dev.morgana.tck.device.DeviceBytes.pattern;
import static dev.morgana.tck.device.DeviceBytes.program;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Closing, read-only devices, threads and interrupts. */
abstract class DeviceLifeContract extends DeviceContentContract {
    final void assertClosed(BlockDevice device) {
        int unit = geometry().programSize();
        ByteBuffer target = buffer(geometry().readSize());
        assertThrows(DeviceClosedException.class, () -> device.read(0, target));
        assertEquals(buffer(geometry().readSize()), target, "buffer was changed");
        assertThrows(DeviceClosedException.class, () -> program(device, 0, pattern(12, unit)));
        assertThrows(DeviceClosedException.class, () -> device.erase(0));
        assertThrows(DeviceClosedException.class, device::sync);
        assertThrows(
                DeviceClosedException.class, () -> device.reshape(geometry().withBlockCount(1)));
    }

    @Test
    @DisplayName("95 closed device fails DeviceClosed")
    final void closedDeviceFails() throws IOException {
        BlockDevice device = device();
        device.close();
        assertClosed(device);
    }

    @Test
    @DisplayName("95 closed device fails DeviceClosed and writes nothing")
    final void closedDeviceWritesNothing() throws IOException {
        assume(DeviceTrait.PERSISTENT);
        BlockDevice device = device();
        fill(device);
        byte[] medium = all(device);
        device.sync();
        device.close();
        assertClosed(device);
        assertArrayEquals(medium, all(kept(reopen(device))));
    }

    @Test
    @DisplayName("95 closing twice does nothing")
    final void closingTwiceIsLegal() throws IOException {
        BlockDevice device = device();
        device.close();
        device.close();
        assertClosed(device);
    }

    @Test
    @DisplayName("95 close under load: requests succeed, or fail DeviceClosed")
    final void closeUnderLoad() throws Exception {
        BlockDevice device = device();
        fill(device);
        CountDownLatch busy = new CountDownLatch(4);
        List<Executable> users = new ArrayList<>();
        for (long block = 0; block < 4; block++) {
            long mine = block;
            users.add(() -> useUntilClosed(device, mine, busy));
        }
        users.add(() -> {
            busy.await();
            device.close();
        });
        Threads.run(users);
        assertClosed(device);
    }

    private static void useUntilClosed(BlockDevice device, long block, CountDownLatch busy) throws DeviceException {
        byte[] expected = pattern(block, device.geometry().blockSize());
        assertArrayEquals(expected, block(device, block));
        busy.countDown();
        assertThrows(DeviceClosedException.class, () -> {
            while (true) {
                assertArrayEquals(expected, block(device, block));
            }
        });
    }

    @Test
    @DisplayName("95 read-only device reads, says what it is, and syncs without doing anything")
    final void readOnlyDeviceReads() throws IOException {
        assume(DeviceTrait.READ_ONLY);
        byte[] image = pattern(13, (int) geometry().sizeBytes());
        BlockDevice device = kept(createReadOnly(geometry(), image));
        assertTrue(device.isReadOnly());
        assertEquals(geometry(), device.geometry());
        device.sync();
        assertArrayEquals(image, all(device));
    }

    @Test
    @DisplayName("95 read-only device fails DeviceReadOnly and writes nothing")
    final void readOnlyDeviceRefusesWrites() throws IOException {
        assume(DeviceTrait.READ_ONLY);
        byte[] image = pattern(14, (int) geometry().sizeBytes());
        BlockDevice device = kept(createReadOnly(geometry(), image));
        assertThrows(
                DeviceReadOnlyException.class,
                () -> program(device, 0, pattern(15, geometry().blockSize())));
        assertThrows(DeviceReadOnlyException.class, () -> device.erase(0));
        assertArrayEquals(image, all(device));
    }

    @Test
    @DisplayName("93 threads at work in different blocks do not disturb each other")
    final void threadsDoNotDisturbEachOther() throws Exception {
        BlockDevice device = device();
        List<Executable> users = new ArrayList<>();
        for (long block = 0; block < 4; block++) {
            long mine = block;
            users.add(() -> rewrite(device, mine));
        }
        Threads.run(users);
    }

    private static void rewrite(BlockDevice device, long block) throws DeviceException {
        Geometry geometry = device.geometry();
        for (int round = 0; round < 100; round++) {
            byte[] bytes = pattern(block * 1000 + round, geometry.blockSize());
            device.erase(block);
            program(device, geometry.startOf(block), bytes);
            device.sync();
            assertArrayEquals(bytes, block(device, block));
        }
    }

    @Test
    @DisplayName("95 interrupted thread: requests succeed, the device stays open, the interrupt stays")
    final void interruptDoesNothing() throws IOException {
        BlockDevice device = device();
        byte[] bytes = pattern(16, geometry().blockSize());
        Thread.currentThread().interrupt();
        try {
            device.erase(1);
            program(device, geometry().startOf(1), bytes);
            device.sync();
            assertArrayEquals(bytes, block(device, 1));
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
        assertArrayEquals(bytes, block(device, 1));
    }

    @Test
    @DisplayName("95 interrupted thread: the device closes without a failure")
    final void interruptDoesNotDisturbClose() throws IOException {
        BlockDevice device = device();
        Thread.currentThread().interrupt();
        try {
            device.close();
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
        assertClosed(device);
    }
}
