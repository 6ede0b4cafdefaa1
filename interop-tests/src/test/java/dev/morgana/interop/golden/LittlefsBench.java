package dev.morgana.interop.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.morgana.block.drivers.layer.BadBlockDevice;
import dev.morgana.block.drivers.layer.BadBlocks;
import dev.morgana.block.drivers.layer.BlockFault;
import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.block.drivers.layer.Tear;
import dev.morgana.block.drivers.layer.TornPart;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.KeptOpen;
import dev.morgana.tck.device.RamDevice;
import java.util.Arrays;
import java.util.Locale;

/** The device of a littlefs case: memory, counted, with a power switch, blocks that can go bad, and room to grow. */
final class LittlefsBench {
    private final BadBlocks bad = new BadBlocks();
    private final PowerSwitch power = new PowerSwitch();
    private final StatisticsDevice counted;
    private boolean armed;

    private LittlefsBench(BlockDevice memory) {
        this.counted = StatisticsDevice.of(memory);
    }

    /** A device with an image on it. */
    static LittlefsBench of(byte[] image, Options options, int erased) {
        return new LittlefsBench(RamDevice.of(geometry(options, image.length, erased), image));
    }

    /** A device filled as the erased state says; -1 fills with zeros and keeps content on erasing. */
    static LittlefsBench blank(Options options, long blocks, int erased) {
        long size = blocks * Long.parseLong(options.asText().get("blockSize"));
        byte[] image = new byte[Math.toIntExact(size)];
        Arrays.fill(image, (byte) Math.max(0, erased));
        return of(image, options, erased);
    }

    private static Geometry geometry(Options options, int length, int erased) {
        int blockSize = Integer.parseInt(options.asText().get("blockSize"));
        ErasedState state = switch (erased) {
            case 0xff -> ErasedState.ONES;
            case 0 -> ErasedState.ZEROS;
            default -> ErasedState.UNDEFINED;
        };
        return new Geometry(1, 1, blockSize, length / blockSize, state);
    }

    /** The device for one mount, which outlives it. */
    BlockDevice device() {
        return BadBlockDevice.of(PowerCutDevice.of(new KeptOpen(counted), power), bad);
    }

    void mark(long block, String mode) {
        if (mode.equals("good")) {
            bad.clear(block);
            return;
        }
        String fault = mode.toUpperCase(Locale.ROOT).replace('-', '_').replace("PROG_", "PROGRAM_");
        bad.mark(block, BlockFault.valueOf(fault));
    }

    void cut(long after, String mode) {
        Tear tear = switch (mode) {
            case "clean" -> TornPart.NONE;
            case "torn" -> TornPart.HALF;
            // The first byte of a program; of an erase, as in the mode torn, the first half of the block.
            case "torn1" ->
                (length, unit) -> length == blockSize() ? TornPart.HALF.done(length, unit) : new Tear.Span(0, 1);
            default -> throw new AssertionError("unknown way to cut: " + mode);
        };
        armed = true;
        power.cutAfter(after, tear);
    }

    private int blockSize() {
        return counted.geometry().blockSize();
    }

    /** Whether operations may fail since a cut was armed. */
    boolean isArmed() {
        return armed;
    }

    void restorePower() {
        armed = false;
        power.restore();
    }

    IoCount counts(long mutations) {
        Statistics counts = counted.snapshot();
        return new IoCount(
                counts.reads().calls(),
                counts.reads().bytes(),
                counts.programs().calls(),
                counts.programs().bytes(),
                counts.erases().calls(),
                counts.erases().bytes(),
                counts.syncs().calls(),
                mutations);
    }

    /** The peer's counters as a trace has them. */
    static IoCount recorded(JsonNode io) {
        return new IoCount(
                io.get("reads").asLong(),
                io.get("read_bytes").asLong(),
                io.get("progs").asLong(),
                io.get("prog_bytes").asLong(),
                io.get("erases").asLong(),
                io.get("erase_bytes").asLong(),
                io.get("syncs").asLong(),
                0);
    }
}
