package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/** A partition with device on both sides, whose blocks begin between the blocks of the device. */
class PartitionDeviceContractTest extends DeviceTck {
    static final int BEFORE = 64;
    static final int BEHIND = 192;

    private RamDevice medium = RamDevice.erased(geometry());

    private static Geometry around(Geometry geometry) {
        return geometry.withBlockCount(geometry.blockCount() + (BEFORE + BEHIND) / geometry.blockSize());
    }

    private static PartitionDevice partition(BlockDevice device, Geometry geometry) throws IOException {
        return PartitionDevice.of(device, BEFORE, geometry.sizeBytes());
    }

    @Override
    protected BlockDevice create(Geometry geometry) throws IOException {
        medium = RamDevice.erased(around(geometry));
        return partition(medium, geometry);
    }

    @Override
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
        byte[] whole = new byte[(int) around(geometry).sizeBytes()];
        System.arraycopy(image, 0, whole, BEFORE, image.length);
        return partition(RamDevice.readOnly(around(geometry), whole), geometry);
    }

    @Override
    protected BlockDevice reopen(BlockDevice closed) throws IOException {
        byte[] image = medium.image();
        byte[] before = Arrays.copyOf(image, BEFORE);
        if (!Arrays.equals(
                before, Arrays.copyOf(RamDevice.erased(medium.geometry()).image(), BEFORE))) {
            throw new AssertionError("the partition wrote before its beginning");
        }
        return partition(RamDevice.of(medium.geometry(), image), closed.geometry());
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return Set.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
    }
}
