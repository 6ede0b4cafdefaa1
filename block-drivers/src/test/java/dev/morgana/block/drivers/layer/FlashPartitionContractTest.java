package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.Set;

/** A partition of flash whose erase blocks are smaller than those of the partition. */
final class FlashPartitionContractTest extends DeviceTck {
    @Override
    protected BlockDevice create(Geometry geometry) throws IOException {
        Geometry whole = geometry.withUnits(geometry.readSize(), geometry.programSize(), 64)
                .withBlockCount(64);
        BlockDevice flash = NorDevice.of(RamDevice.erased(whole), NorRule.ONCE);
        return PartitionDevice.of(flash, 64, geometry.sizeBytes()).reshape(geometry);
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return Set.of(DeviceTrait.RESHAPES, DeviceTrait.FLASH);
    }
}
