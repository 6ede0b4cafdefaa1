package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The contract for a layer around a device that keeps it: a layer without any fault to show keeps it too. */
abstract class LayerContract extends DeviceTck {
    private RamDevice medium = RamDevice.erased(geometry());

    abstract BlockDevice wrap(BlockDevice inner) throws IOException;

    @Override
    protected BlockDevice create(Geometry geometry) throws IOException {
        medium = RamDevice.erased(geometry);
        return wrap(medium);
    }

    @Override
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
        return wrap(RamDevice.readOnly(geometry, image));
    }

    @Override
    protected BlockDevice reopen(BlockDevice closed) throws IOException {
        return wrap(RamDevice.of(closed.geometry(), medium.image()));
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return EnumSet.complementOf(EnumSet.of(DeviceTrait.FLASH));
    }
}
