package dev.morgana.tck.device;

import static dev.morgana.tck.device.DeviceBytes.all;
import static dev.morgana.tck.device.DeviceBytes.block;
import static dev.morgana.tck.device.DeviceBytes.erased;
import static dev.morgana.tck.device.DeviceBytes.fill;
import static dev.morgana.tck.device.DeviceBytes.pattern;
import static dev.morgana.tck.device.DeviceBytes.program;
import static dev.morgana.tck.device.DeviceBytes.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is read after programs and erases, with which buffers, and what flash refuses. */
abstract class DeviceContentContract extends DeviceRequestContract {
    @Test
    @DisplayName("93 new device reads erased")
    final void newDeviceReadsErased() throws IOException {
        assumeErasedValue();
        BlockDevice device = device();
        assertArrayEquals(erased(geometry(), (int) geometry().sizeBytes()), all(device));
    }

    @Test
    @DisplayName("93 read after program shows it at once, and nothing else has changed")
    final void readAfterProgram() throws IOException {
        BlockDevice device = device();
        int unit = geometry().programSize();
        int at = geometry().blockSize() - unit;
        byte[] expected = all(device);
        byte[] bytes = pattern(1, unit);
        program(device, at, bytes);
        System.arraycopy(bytes, 0, expected, at, unit);
        assertArrayEquals(expected, all(device));
    }

    @Test
    @DisplayName("93 every block keeps its own bytes")
    final void everyBlockKeepsItsBytes() throws IOException {
        BlockDevice device = device();
        fill(device);
        for (long block = 0; block < geometry().blockCount(); block++) {
            assertArrayEquals(pattern(block, geometry().blockSize()), block(device, block));
        }
    }

    @Test
    @DisplayName("93 block programmed and read unit by unit equals the whole")
    final void unitsMakeTheWhole() throws IOException {
        BlockDevice device = device();
        byte[] bytes = pattern(2, geometry().blockSize());
        long start = geometry().startOf(1);
        for (int at = 0; at < bytes.length; at += geometry().programSize()) {
            program(
                    device,
                    start + at,
                    Arrays.copyOfRange(bytes, at, at + geometry().programSize()));
        }
        assertArrayEquals(bytes, block(device, 1));
        for (int at = 0; at < bytes.length; at += geometry().readSize()) {
            byte[] part = Arrays.copyOfRange(bytes, at, at + geometry().readSize());
            assertArrayEquals(part, read(device, start + at, part.length));
        }
    }

    @Test
    @DisplayName("93 read may cross blocks")
    final void readAcrossBlocks() throws IOException {
        BlockDevice device = device();
        fill(device);
        byte[] whole = all(device);
        int unit = geometry().readSize();
        int from = geometry().blockSize() - unit;
        int length = geometry().blockSize() + 2 * unit;
        assertArrayEquals(Arrays.copyOfRange(whole, from, from + length), read(device, from, length));
    }

    @Test
    @DisplayName("93 read after erase equals the erased byte, other blocks keep theirs")
    final void readAfterErase() throws IOException {
        assumeErasedValue();
        BlockDevice device = device();
        fill(device);
        device.erase(1);
        assertArrayEquals(erased(geometry(), geometry().blockSize()), block(device, 1));
        assertArrayEquals(pattern(0, geometry().blockSize()), block(device, 0));
        assertArrayEquals(pattern(2, geometry().blockSize()), block(device, 2));
    }

    @Test
    @DisplayName("93 first and last block can be erased")
    final void eraseAtTheEnds() throws IOException {
        assumeErasedValue();
        BlockDevice device = device();
        fill(device);
        long last = geometry().blockCount() - 1;
        device.erase(0);
        device.erase(last);
        assertArrayEquals(erased(geometry(), geometry().blockSize()), block(device, 0));
        assertArrayEquals(erased(geometry(), geometry().blockSize()), block(device, last));
        assertArrayEquals(pattern(1, geometry().blockSize()), block(device, 1));
    }

    @Test
    @DisplayName("93 an erased block whose state is undefined is stable, other blocks keep theirs")
    final void undefinedEraseIsStable() throws IOException {
        BlockDevice device = device();
        fill(device);
        device.erase(1);
        assertArrayEquals(block(device, 1), block(device, 1));
        assertArrayEquals(pattern(0, geometry().blockSize()), block(device, 0));
    }

    @Test
    @DisplayName("93 program after erase shows the new bytes")
    final void programAfterErase() throws IOException {
        BlockDevice device = device();
        fill(device);
        device.erase(1);
        byte[] bytes = pattern(3, geometry().blockSize());
        program(device, geometry().startOf(1), bytes);
        assertArrayEquals(bytes, block(device, 1));
    }

    @Test
    @DisplayName("93 what was synced is there after close and reopening")
    final void syncedBytesSurviveReopening() throws IOException {
        assume(DeviceTrait.PERSISTENT);
        BlockDevice device = device();
        fill(device);
        device.erase(1);
        byte[] expected = all(device);
        device.sync();
        device.close();
        BlockDevice again = kept(reopen(device));
        assertArrayEquals(expected, all(again));
    }

    /** Buffers of all kinds with room for some bytes between position and limit, and room around them. */
    private static List<ByteBuffer> buffers(int length) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (ByteBuffer base : List.of(ByteBuffer.allocate(length + 12), ByteBuffer.allocateDirect(length + 12))) {
                ByteBuffer slice = base.slice(2, length + 8).order(order);
                buffers.add(slice.position(3).limit(3 + length));
            }
        }
        return buffers;
    }

    @Test
    @DisplayName("93 read fills any buffer from position to limit, and no more")
    final void readFillsAnyBuffer() throws IOException {
        BlockDevice device = device();
        fill(device);
        int length = geometry().blockSize();
        for (ByteBuffer target : buffers(length)) {
            ByteOrder order = target.order();
            device.read(geometry().startOf(1), target);
            assertEquals(target.limit(), target.position(), "position must be at the limit");
            assertEquals(3 + length, target.limit(), "limit must stay");
            assertSame(order, target.order(), "byte order must stay");
            assertEquals(ByteBuffer.wrap(pattern(1, length)), target.flip().position(3));
            assertEquals(0, target.get(2), "byte before the position was changed");
            assertEquals(0, target.limit(target.capacity()).get(3 + length), "byte behind the limit was changed");
        }
    }

    @Test
    @DisplayName("93 program takes any buffer from position to limit, and leaves its content alone")
    final void programTakesAnyBuffer() throws IOException {
        BlockDevice device = device();
        byte[] bytes = pattern(4, geometry().blockSize());
        for (ByteBuffer writable : buffers(bytes.length)) {
            writable.duplicate().put(bytes);
            for (ByteBuffer source : List.of(writable.duplicate(), writable.asReadOnlyBuffer())) {
                device.erase(1);
                device.program(geometry().startOf(1), source);
                assertEquals(source.limit(), source.position(), "position must be at the limit");
                assertEquals(3 + bytes.length, source.limit(), "limit must stay");
                assertArrayEquals(bytes, block(device, 1));
                assertEquals(ByteBuffer.wrap(bytes), writable, "content was changed");
            }
        }
    }

    @Test
    @DisplayName("93 device keeps no reference to a buffer")
    final void buffersAreNotKept() throws IOException {
        BlockDevice device = device();
        byte[] bytes = pattern(5, geometry().blockSize());
        byte[] given = bytes.clone();
        program(device, 0, given);
        Arrays.fill(given, (byte) 0x55);
        assertArrayEquals(bytes, block(device, 0));
        byte[] taken = block(device, 0);
        Arrays.fill(taken, (byte) 0x55);
        assertArrayEquals(bytes, block(device, 0));
    }

    @Test
    @DisplayName("94 program without erase fails on flash, and changes nothing")
    final void programWithoutEraseFailsOnFlash() throws IOException {
        assume(DeviceTrait.FLASH);
        BlockDevice device = device();
        int unit = geometry().programSize();
        byte[] first = pattern(6, unit);
        program(device, unit, first);
        byte[] medium = all(device);
        assertThrows(DeviceException.class, () -> program(device, unit, pattern(7, unit)));
        assertThrows(DeviceException.class, () -> program(device, 0, pattern(8, 2 * unit)), "a part was programmed");
        assertArrayEquals(medium, all(device));
    }

    @Test
    @DisplayName("94 only the erase of its own block makes a unit of flash programmable again")
    final void onlyItsOwnEraseHelps() throws IOException {
        assume(DeviceTrait.FLASH);
        BlockDevice device = device();
        byte[] bytes = pattern(9, geometry().blockSize());
        program(device, 0, bytes);
        device.erase(1);
        assertThrows(
                DeviceException.class,
                () -> program(device, 0, pattern(10, geometry().programSize())));
        assertArrayEquals(bytes, block(device, 0));
        device.erase(0);
        program(device, 0, pattern(11, geometry().blockSize()));
        assertArrayEquals(pattern(11, geometry().blockSize()), block(device, 0));
    }
}
