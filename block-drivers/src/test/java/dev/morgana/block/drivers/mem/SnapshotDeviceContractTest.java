package dev.morgana.block.drivers.mem;

import dev.morgana.block.drivers.GeometryOptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.tck.device.DeviceTck;
import dev.morgana.tck.device.DeviceTrait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotDeviceContractTest extends DeviceTck {
    @TempDir
    private Path folder;

    private BlockDevice open(Geometry geometry, AccessMode mode) throws IOException {
        String snapshot = folder.resolve("image.bin").toString();
        return MemDevice.open(mode, GeometryOptions.of(geometry).with(MemDriver.SNAPSHOT, snapshot));
    }

    @Override
    protected BlockDevice create(Geometry geometry) throws IOException {
        return open(geometry, AccessMode.CREATE);
    }

    @Override
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
        Files.write(folder.resolve("image.bin"), image);
        return open(geometry, AccessMode.READ_ONLY);
    }

    @Override
    protected BlockDevice reopen(BlockDevice closed) throws IOException {
        return open(closed.geometry(), AccessMode.READ_WRITE);
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return Set.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
    }
}
