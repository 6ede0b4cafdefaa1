package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.device.RamDevice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One RAM device of an embedkv case, with the layers that count, fail and lose power. */
final class EmbedkvBench {
    private final int blockSize;
    private final Map<String, byte[]> snapshots = new HashMap<>();
    private final FaultyDevice.Faults faults =
            new FaultyDevice.Faults(new HashSet<>(), new HashSet<>(), new HashSet<>());
    private final StatisticsDevice counted;
    private final RamDevice ram;
    private final PowerSwitch power;
    private final BooleanSupplier burns;

    EmbedkvBench(int blockSize, byte[] image, PowerSwitch power, BooleanSupplier burns) {
        this.blockSize = blockSize;
        Geometry geometry =
                Geometry.ofBlocks(blockSize, image.length / blockSize).withErased(ErasedState.UNDEFINED);
        this.ram = RamDevice.of(geometry, image);
        this.counted = StatisticsDevice.of(ram);
        this.power = power;
        this.burns = burns;
    }

    /** A device of this moment; closing it closes nothing. Checks are made in the order power, fault, armed cut. */
    BlockDevice open() {
        // a lost power and a fault both fail with Io and do nothing, so that their order does not show
        return new FaultyDevice(PowerCutDevice.of(counted, power), faults, power, burns);
    }

    void fault(Fields operation) {
        boolean on = operation.get("on").asBoolean();
        String kind = operation.text("kind");
        switch (kind) {
            case "read" -> set(faults.reads(), operation.get("block").asLong(), on);
            case "write" -> set(faults.writes(), operation.get("block").asLong(), on);
            case "flush" -> {
                operation.passOver("block");
                set(faults.flushes(), "all", on);
            }
            default -> throw new AssertionError(operation + ": unknown kind of fault");
        }
    }

    private static <T> void set(java.util.Set<T> faulty, T what, boolean on) {
        if (on) {
            faulty.add(what);
        } else {
            faulty.remove(what);
        }
    }

    byte[] image() {
        return ram.image();
    }

    int blockSize() {
        return blockSize;
    }

    /** Changes bytes without a count. */
    void change(Change change) {
        byte[] image = ram.image();
        change.to(image);
        try {
            ram.program(0, java.nio.ByteBuffer.wrap(image));
        } catch (dev.morgana.spi.error.DeviceException e) {
            throw new AssertionError(e);
        }
    }

    /** A change of the whole device in place. */
    interface Change {
        void to(byte[] image);
    }

    void snapshot(String name) {
        snapshots.put(name, ram.image());
    }

    void restore(String name) {
        byte[] kept = snapshots.get(name);
        change(image -> System.arraycopy(kept, 0, image, 0, image.length));
    }

    Statistics counts() {
        return counted.snapshot();
    }

    /** The peer's totals of a trace or a checkpoint. */
    static IoCount peer(JsonNode io, long mutations) {
        return new IoCount(
                io.get("reads").asLong(),
                io.get("read_bytes").asLong(),
                io.get("progs").asLong(),
                io.get("prog_bytes").asLong(),
                io.get("erases").asLong(),
                io.get("erase_bytes").asLong(),
                io.get("syncs").asLong(),
                mutations);
    }
}
