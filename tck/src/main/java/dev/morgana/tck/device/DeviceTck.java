package dev.morgana.tck.device;

import static dev.morgana.tck.device.DeviceBytes.all;
import static dev.morgana.tck.device.DeviceBytes.block;
import static dev.morgana.tck.device.DeviceBytes.buffer;
import static dev.morgana.tck.device.DeviceBytes.fill;
import static dev.morgana.tck.device.DeviceBytes.pattern;
import static dev.morgana.tck.device.DeviceBytes.program;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
public abstract class DeviceTck extends DeviceLifeContract {
    /** For subclasses. */
    protected DeviceTck() {}

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
