package dev.morgana.block.drivers;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.block.drivers.layer.BadBlockDevice;
import dev.morgana.block.drivers.layer.BadBlocks;
import dev.morgana.block.drivers.layer.NorDevice;
import dev.morgana.block.drivers.layer.NorRule;
import dev.morgana.block.drivers.layer.PartitionDevice;
import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.block.drivers.layer.WearLimitDevice;
import dev.morgana.block.drivers.mem.MemDriver;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.io.IOException;
import java.util.Arrays;

/** Runs in a child: devices of 64 GiB with all layers in a heap of 64 MiB. Arguments: driver, its part, erased state. */
public final class LargeDevices {
    private static final long SIZE = 64L << 30;
    private static final int LARGE_BLOCK = 128 << 20;

    private LargeDevices() {}

    public static void main(String[] arguments) throws Exception {
        require(Runtime.getRuntime().maxMemory() <= 64 << 20, "the heap is larger than 64 MiB");
        BlockDeviceProvider driver = arguments[0].equals("mem") ? new MemDriver() : new FileDriver();
        String[] options = {"size", "64GiB", "erased", arguments[2]};
        try (BlockDevice device = driver.open(arguments[1], AccessMode.CREATE, Bytes.options(options))) {
            require(device.geometry().sizeBytes() == SIZE, "size");
            int erased = device.geometry().erased().byteValue().orElse(0);
            exercise(device, erased);
            if (device.geometry().erased().byteValue().isPresent()) {
                exercise(layered(device), erased);
            }
            eraseLargeBlock(device, erased);
            device.sync();
        }
        ChildJvm.say("done");
    }

    private static BlockDevice layered(BlockDevice device) throws IOException {
        BlockDevice partition = PartitionDevice.of(device, 1L << 30, SIZE / 2);
        BlockDevice worn = WearLimitDevice.of(partition, 1000);
        BlockDevice faulty = BadBlockDevice.of(worn, new BadBlocks());
        BlockDevice powered = PowerCutDevice.of(StatisticsDevice.of(faulty), new PowerSwitch());
        return NorDevice.of(powered, NorRule.ONCE);
    }

    private static void exercise(BlockDevice device, int erased) throws IOException {
        Geometry geometry = device.geometry();
        byte[] bytes = Bytes.random(1, geometry.blockSize());
        long last = geometry.blockCount() - 1;
        for (long block : new long[] {0, last / 2, last - 1, last}) {
            device.erase(block);
            Bytes.program(device, geometry.startOf(block), bytes);
        }
        for (long block : new long[] {0, last / 2, last - 1, last}) {
            byte[] read = Bytes.read(device, geometry.startOf(block), bytes.length);
            require(Arrays.equals(bytes, read), "bytes of block " + block);
        }
        device.erase(last);
        byte[] expected = geometry.erased().byteValue().isPresent() ? Bytes.filled(bytes.length, erased) : bytes;
        require(Arrays.equals(expected, Bytes.read(device, geometry.startOf(last), bytes.length)), "erased block");
        device.sync();
    }

    /** A block twice as large as the heap. */
    private static void eraseLargeBlock(BlockDevice device, int erased) throws IOException {
        BlockDevice large = device.reshape(device.geometry().withUnits(1, 1, LARGE_BLOCK));
        long start = large.geometry().startOf(large.geometry().blockCount() / 4);
        Bytes.program(large, start, Bytes.random(2, 4096));
        large.erase(large.geometry().blockCount() / 4);
        byte[] expected =
                device.geometry().erased().byteValue().isPresent() ? Bytes.filled(4096, erased) : Bytes.random(2, 4096);
        require(Arrays.equals(expected, Bytes.read(large, start, 4096)), "large erased block");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
