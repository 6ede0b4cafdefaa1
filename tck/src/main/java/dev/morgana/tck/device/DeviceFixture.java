package dev.morgana.tck.device;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What a subclass of {@link DeviceTck} says about its devices, and what becomes of the devices after a test. */
@Timeout(60) // a watchdog against requests that never return; no test depends on how long anything takes
public abstract class DeviceFixture {
    private final List<BlockDevice> made = new ArrayList<>();

    DeviceFixture() {}

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

    final BlockDevice device() throws IOException {
        return kept(create(geometry()));
    }

    final BlockDevice kept(BlockDevice device) {
        made.add(device);
        return device;
    }

    final void assume(DeviceTrait trait) {
        assumeTrue(traits().contains(trait), "this device lacks the trait " + trait);
    }

    final void assumeErasedValue() {
        assumeTrue(geometry().erased() != ErasedState.UNDEFINED, "the erased state of this geometry is undefined");
    }

    final void assumeUnits(int unit, String which) {
        assumeTrue(unit > 1, "the " + which + " size of this geometry is 1, every request is aligned");
    }

    @AfterEach
    final void closeDevices() throws IOException {
        boolean interrupted = Thread.interrupted();
        for (BlockDevice device : made) {
            device.close();
        }
        assertFalse(interrupted, "a test left the thread interrupted");
    }
}
