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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * The contract of {@link BlockDevice} as tests: items 91 to 95 of the conformance checklist and every promise of the
 * interface. Extend it for a driver or a layer, say how to make a device and what it can do.
 *
 * <pre>{@code
 * final class MyDeviceContractTest extends DeviceTck {
 *     protected BlockDevice create(Geometry geometry) { return new MyDevice(geometry); }
 *     protected Set<DeviceTrait> traits() { return Set.of(DeviceTrait.RESHAPES); }
 * }
 * }</pre>
 */
@Timeout(60) // a watchdog against requests that never return; no test depends on how long anything takes
public abstract class DeviceTck {
    private final List<BlockDevice> made = new ArrayList<>();

    /** For subclasses. */
    protected DeviceTck() {}

    /**
     * Makes a new device, erased and writable. It is closed after the test.
     *
     * @param geometry its geometry: that of {@link #geometry()}
     * @return the device
     * @throws IOException if it cannot be made
     */
    protected abstract BlockDevice create(Geometry geometry) throws IOException;

    /**
     * What the devices can do.
     *
     * @return the traits
     */
    protected abstract Set<DeviceTrait> traits();

    /**
     * The geometry to test: at least 4 blocks of at least 4 units each, at most 1 MiB. Override it for media that have no
     * choice, and to test others. Some tests need units larger than a byte.
     *
     * @return the geometry
     */
    protected Geometry geometry() {
        return new Geometry(4, 16, 256, 8, ErasedState.ONES);
    }

    /**
     * Makes a read-only device with a content. Only called with {@link DeviceTrait#READ_ONLY}.
     *
     * @param geometry its geometry
     * @param image its bytes
     * @return the device
     * @throws IOException if it cannot be made
     */
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
        throw new UnsupportedOperationException("trait READ_ONLY without a read-only variant");
    }

    /**
     * Opens the medium of a device again. Only called with {@link DeviceTrait#PERSISTENT}.
     *
     * @param closed a device that {@link #create} made, now closed
     * @return another device over the same medium
     * @throws IOException if it cannot be opened
     */
    protected BlockDevice reopen(BlockDevice closed) throws IOException {
        throw new UnsupportedOperationException("trait PERSISTENT without a way to reopen");
    }

    private BlockDevice device() throws IOException {
        return kept(create(geometry()));
    }

    private BlockDevice kept(BlockDevice device) {
        made.add(device);
        return device;
    }

    private void assume(DeviceTrait trait) {
        assumeTrue(traits().contains(trait), "this device lacks the trait " + trait);
    }

    private void assumeErasedValue() {
        assumeTrue(geometry().erased() != ErasedState.UNDEFINED, "the erased state of this geometry is undefined");
    }

    private void assumeUnits(int unit, String which) {
        assumeTrue(unit > 1, "the " + which + " size of this geometry is 1, every request is aligned");
    }

    @AfterEach
    final void closeDevices() throws IOException {
        assertFalse(Thread.interrupted(), "a test left the thread interrupted");
        for (BlockDevice device : made) {
            device.close();
        }
    }

    // Identity

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

    // Refused requests

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

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.wrap(pattern(99, length));
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

    // Reading, programming, erasing

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

    // Buffers

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

    // Flash

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

    // Closing

    private void assertClosed(BlockDevice device) {
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

    // Read-only devices

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

    // Threads

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

    // Reshaping

    private Geometry halfBlocks() {
        Geometry geometry = geometry();
        return geometry.withUnits(geometry.readSize(), geometry.programSize(), geometry.blockSize() / 2);
    }

    @Test
    @DisplayName("91 reshape to the same geometry gives the same device")
    final void reshapeToTheSame() throws IOException {
        BlockDevice device = device();
        assertSame(device, device.reshape(geometry()));
    }

    @Test
    @DisplayName("91 reshape to more than the medium has fails DeviceIo")
    final void reshapeToMoreFails() throws IOException {
        BlockDevice device = device();
        Geometry larger = geometry().withBlockCount(geometry().blockCount() + 1);
        assertThrows(DeviceIoException.class, () -> device.reshape(larger));
        assertEquals(geometry(), device.geometry());
    }

    @Test
    @DisplayName("91 reshaped device has the geometry asked for, and the same bytes")
    final void reshapedDeviceHasTheSameBytes() throws IOException {
        assume(DeviceTrait.RESHAPES);
        BlockDevice device = device();
        fill(device);
        byte[] medium = all(device);
        BlockDevice view = device.reshape(halfBlocks());
        assertEquals(halfBlocks(), view.geometry());
        assertEquals(geometry(), device.geometry());
        assertArrayEquals(medium, all(view));
        view.erase(2);
        byte[] bytes = pattern(17, halfBlocks().blockSize());
        program(view, halfBlocks().startOf(2), bytes);
        System.arraycopy(bytes, 0, medium, (int) halfBlocks().startOf(2), bytes.length);
        assertArrayEquals(medium, all(view));
        assertArrayEquals(medium, all(device));
    }

    @Test
    @DisplayName("91 reshaped device may be smaller; the bytes behind it are out of its reach, and stay")
    final void reshapeToLess() throws IOException {
        assume(DeviceTrait.RESHAPES);
        BlockDevice device = device();
        fill(device);
        Geometry smaller = geometry().withBlockCount(2);
        BlockDevice view = device.reshape(smaller);
        assertThrows(IllegalArgumentException.class, () -> view.read(smaller.sizeBytes(), buffer(smaller.readSize())));
        assertThrows(IllegalArgumentException.class, () -> view.erase(2));
        assertArrayEquals(pattern(2, geometry().blockSize()), block(device, 2));
        assertArrayEquals(all(device), all(view.reshape(geometry())));
    }

    @Test
    @DisplayName("91 the erased state of the reshaped device replaces the other one")
    final void reshapeReplacesTheErasedState() throws IOException {
        assume(DeviceTrait.RESHAPES);
        BlockDevice device = device();
        fill(device);
        Geometry zeros = geometry().withErased(ErasedState.ZEROS);
        BlockDevice view = device.reshape(zeros);
        view.erase(1);
        assertArrayEquals(new byte[geometry().blockSize()], block(view, 1));
        assertArrayEquals(new byte[geometry().blockSize()], block(device, 1));
    }

    @Test
    @DisplayName("95 closing a reshaped device closes the other")
    final void closingTheViewClosesTheDevice() throws IOException {
        assume(DeviceTrait.RESHAPES);
        BlockDevice device = device();
        device.reshape(halfBlocks()).close();
        assertClosed(device);
    }

    @Test
    @DisplayName("95 closing the device closes the reshaped one")
    final void closingTheDeviceClosesTheView() throws IOException {
        assume(DeviceTrait.RESHAPES);
        BlockDevice device = device();
        BlockDevice view = device.reshape(halfBlocks());
        device.close();
        assertClosed(view);
    }

    @Test
    @DisplayName("95 reshaped read-only device stays read-only")
    final void reshapedReadOnlyDeviceStaysSo() throws IOException {
        assume(DeviceTrait.RESHAPES);
        assume(DeviceTrait.READ_ONLY);
        byte[] image = pattern(18, (int) geometry().sizeBytes());
        BlockDevice view = kept(createReadOnly(geometry(), image)).reshape(halfBlocks());
        assertTrue(view.isReadOnly());
        assertThrows(DeviceReadOnlyException.class, () -> view.erase(0));
        assertArrayEquals(image, all(view));
    }
}
