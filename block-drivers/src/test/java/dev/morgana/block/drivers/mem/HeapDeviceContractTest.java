package dev.morgana.block.drivers.mem;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import java.util.Set;

class HeapDeviceContractTest extends DeviceTck {
    @Override
    protected BlockDevice create(Geometry geometry) {
        return MemDevice.heap(geometry);
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return Set.of(DeviceTrait.RESHAPES);
    }
}
