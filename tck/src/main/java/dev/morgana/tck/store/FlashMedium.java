package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.power.VolatileMedium;

/** A memory device with the rules of flash, whose bytes outlive it. */
final class FlashMedium implements TestMedium {
    private final Geometry geometry;
    private final VolatileMedium medium;

    FlashMedium(Geometry geometry) {
        this.geometry = geometry;
        this.medium = VolatileMedium.erased(geometry, 1, true);
    }

    @Override
    public BlockDevice open(boolean readOnly) {
        return readOnly
                ? RamDevice.readOnly(geometry, medium.images().get(0))
                : medium.open().get(0);
    }

    @Override
    public void close() {
        // Memory is not released by hand.
    }
}
