package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.RamDevice;

/** The writable tests run on the bare device; the read-only ones on a writable device under the layer. */
final class ReadOnlyDeviceContractTest extends LayerContract {
    @Override
    BlockDevice wrap(BlockDevice inner) {
        return inner;
    }

    @Override
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) {
        return ReadOnlyDevice.of(RamDevice.of(geometry, image));
    }
}
