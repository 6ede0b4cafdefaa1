package dev.morgana.block.drivers.file;

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

class FileDeviceContractTest extends DeviceTck {
    @TempDir
    private Path folder;

    private Path image() {
        return folder.resolve("image.bin");
    }

    @Override
    protected BlockDevice create(Geometry geometry) throws IOException {
        return FileDevice.create(image(), geometry);
    }

    @Override
    protected BlockDevice createReadOnly(Geometry geometry, byte[] image) throws IOException {
        Files.write(image(), image);
        return FileDevice.open(image(), AccessMode.READ_ONLY, GeometryOptions.of(geometry));
    }

    @Override
    protected BlockDevice reopen(BlockDevice closed) throws IOException {
        return FileDevice.open(image(), AccessMode.READ_WRITE, GeometryOptions.of(closed.geometry()));
    }

    @Override
    protected Set<DeviceTrait> traits() {
        return Set.of(DeviceTrait.RESHAPES, DeviceTrait.READ_ONLY, DeviceTrait.PERSISTENT);
    }
}
