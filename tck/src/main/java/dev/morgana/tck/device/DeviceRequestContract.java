package dev.morgana.tck.device;

import static dev.morgana.tck.device.DeviceBytes.all;
import static dev.morgana.tck.device.DeviceBytes.block;
import static dev.morgana.tck.device.DeviceBytes.buffer;
import static dev.morgana.tck.device.DeviceBytes.fill;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a device says of itself, and which requests it refuses. */
abstract class DeviceRequestContract extends DeviceFixture {
    @Test
    @DisplayName("91 the geometry is the one asked for, and stays, also after close")
    final void geometryIsConstant() throws IOException {
        BlockDevice device = device();
        assertEquals(geometry(), device.geometry());
        fill(device);
        device.erase(0);
        assertEquals(geometry(), device.geometry());
        device.close();
        assertEquals(geometry(), device.geometry());
    }

    @Test
    @DisplayName("91 the name is one line, and stays, also after close")
    final void nameIsConstant() throws IOException {
        BlockDevice device = device();
        String name = device.name();
        assertFalse(name.isBlank(), "name is blank");
        assertEquals(1, name.lines().count(), name);
        device.close();
        assertEquals(name, device.name());
    }

    @Test
    @DisplayName("91 a writable device says so, also after close")
    final void writableIsConstant() throws IOException {
        BlockDevice device = device();
        assertFalse(device.isReadOnly());
        device.close();
        assertFalse(device.isReadOnly());
    }

    @FunctionalInterface
    private interface Request {
        void run(long position, ByteBuffer buffer) throws DeviceException;
    }

    private static void assertReadRefused(BlockDevice device, long position, int length) throws DeviceException {
        assertRefused(device, device::read, position, length);
    }

    private static void assertProgramRefused(BlockDevice device, long position, int length) throws DeviceException {
        assertRefused(device, device::program, position, length);
    }

    /** The request is refused as the caller's bug, and neither the medium nor the buffer has changed. */
    private static void assertRefused(BlockDevice device, Request request, long position, int length)
            throws DeviceException {
        byte[] medium = all(device);
        ByteBuffer buffer = buffer(length);
        assertThrows(IllegalArgumentException.class, () -> request.run(position, buffer));
        assertEquals(0, buffer.position(), "buffer was used");
        assertEquals(buffer(length), buffer, "buffer was changed");
        assertArrayEquals(medium, all(device), "medium was changed");
    }

    @Test
    @DisplayName("92 unaligned read fails before any I/O")
    final void unalignedReadIsRefused() throws IOException {
        int unit = geometry().readSize();
        assumeUnits(unit, "read");
        BlockDevice device = device();
        fill(device);
        assertReadRefused(device, 1, unit);
        assertReadRefused(device, unit, unit - 1);
        assertReadRefused(device, 0, unit + 1);
    }

    @Test
    @DisplayName("92 unaligned program fails before any I/O")
    final void unalignedProgramIsRefused() throws IOException {
        int unit = geometry().programSize();
        assumeUnits(unit, "program");
        BlockDevice device = device();
        assertProgramRefused(device, 1, unit);
        assertProgramRefused(device, unit, unit - 1);
        assertProgramRefused(device, 0, unit + 1);
    }

    @Test
    @DisplayName("92 out-of-range read fails before any I/O")
    final void readOutsideIsRefused() throws IOException {
        BlockDevice device = device();
        fill(device);
        int unit = geometry().readSize();
        for (long position : outside(unit)) {
            assertReadRefused(device, position, 2 * unit);
        }
    }

    @Test
    @DisplayName("92 out-of-range program fails before any I/O")
    final void programOutsideIsRefused() throws IOException {
        BlockDevice device = device();
        int unit = geometry().programSize();
        for (long position : outside(unit)) {
            assertProgramRefused(device, position, 2 * unit);
        }
    }

    /** Aligned positions from which two units do not fit the device; the last one overflows when the length is added. */
    private long[] outside(int unit) {
        long size = geometry().sizeBytes();
        return new long[] {-unit, size - unit, size, size + unit, Long.MAX_VALUE / unit * unit};
    }

    @Test
    @DisplayName("92 erase of a block that does not exist fails before any I/O")
    final void eraseOutsideIsRefused() throws IOException {
        BlockDevice device = device();
        fill(device);
        byte[] medium = all(device);
        for (long block : new long[] {-1, geometry().blockCount(), Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> device.erase(block));
        }
        assertArrayEquals(medium, all(device));
    }

    @Test
    @DisplayName("92 program across blocks fails before any I/O on flash")
    final void programAcrossBlocksIsRefusedByFlash() throws IOException {
        assume(DeviceTrait.FLASH);
        int unit = geometry().programSize();
        assertProgramRefused(device(), geometry().startOf(1) - unit, 2 * unit);
    }

    @Test
    @DisplayName("92 request of length 0 inside the device does nothing")
    final void emptyRequestsDoNothing() throws IOException {
        BlockDevice device = device();
        byte[] medium = all(device);
        for (long position : new long[] {0, geometry().startOf(1)}) {
            device.read(position, ByteBuffer.allocate(0));
            device.program(position, ByteBuffer.allocate(0));
        }
        assertArrayEquals(medium, all(device));
    }
}
