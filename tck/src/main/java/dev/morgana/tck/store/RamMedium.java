package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.RamDevice;

/** A memory device whose bytes outlive it. */
final class RamMedium implements TestMedium {
    private RamDevice latest;

    RamMedium(Geometry geometry) {
        this.latest = RamDevice.erased(geometry);
    }

    @Override
    public BlockDevice open(boolean readOnly) {
        byte[] image = latest.image();
        Geometry geometry = latest.geometry();
        latest = readOnly ? RamDevice.readOnly(geometry, image) : RamDevice.of(geometry, image);
        return latest;
    }

    @Override
    public void close() {
        // Memory is not released by hand.
    }
}
