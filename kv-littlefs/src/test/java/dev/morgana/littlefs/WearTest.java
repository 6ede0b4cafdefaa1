package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.TestSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rewriting one small file wears no block out sooner than the C implementation does, whichever pairs are written only because
 * those below them move; see {@code wear/reference.tsv} among the resources.
 */
class WearTest {
    private static final int BLOCK_SIZE = 512;
    private static final int BLOCKS = 256;

    /** How often the most worn block may be erased for each time that the C implementation erases its own. */
    private static final double MOST = 1.2;

    /** What always runs, and the case that showed that the superblock never moved. */
    private static final int SHORT_REWRITES = 1_000;

    private static final Cell SUPERBLOCK_WORE_OUT = new Cell(Mounts.ONCE, 10_000, 512, 10, 1, 0);

    /** Whether all rewrites are made by one mount, or each by its own. */
    enum Mounts {
        ONCE,
        EACH
    }

    /**
     * How the file is rewritten, and what the C implementation makes of it.
     *
     * @param depth how many directories lead to the file
     * @param reference how often its most worn block was erased
     */
    record Cell(Mounts mounts, int rewrites, int progSize, int blockCycles, int depth, long reference) {
        static Cell parse(String line) {
            String[] columns = line.split("\t");
            return new Cell(
                    Mounts.valueOf(columns[0]),
                    Integer.parseInt(columns[1]),
                    Integer.parseInt(columns[2]),
                    Integer.parseInt(columns[3]),
                    Integer.parseInt(columns[4]),
                    Long.parseLong(columns[5]));
        }

        private Cell withoutReference() {
            return new Cell(mounts, rewrites, progSize, blockCycles, depth, 0);
        }

        boolean isShort() {
            return rewrites == SHORT_REWRITES || withoutReference().equals(SUPERBLOCK_WORE_OUT);
        }
    }

    private static List<Cell> cells(Mounts mounts) throws IOException {
        try (InputStream table = Objects.requireNonNull(WearTest.class.getResourceAsStream("wear/reference.tsv"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Cell::parse)
                    .filter(cell -> cell.mounts() == mounts && (TestSize.isNightly() || cell.isShort()))
                    .toList();
        }
    }

    static List<Cell> cellsOfOneMount() throws IOException {
        return cells(Mounts.ONCE);
    }

    @ParameterizedTest
    @MethodSource("cellsOfOneMount")
    void spreadsAsTheReferenceDoes(Cell cell, TestReporter reporter) throws Exception {
        long most = mostErases(cell, reporter);
        assertThat((double) most)
                .as("erases of the most worn block, %s", cell)
                .isPositive()
                .isLessThanOrEqualTo(MOST * cell.reference());
    }

    /** Where each mount begins to look for free blocks is chance in both, so that single cells say little. */
    @Test
    void spreadsOverMountsAsTheReferenceDoes(TestReporter reporter) throws Exception {
        long ours = 0;
        long reference = 0;
        for (Cell cell : cells(Mounts.EACH)) {
            ours += mostErases(cell, reporter);
            reference += cell.reference();
        }
        assertThat((double) ours).isPositive().isLessThanOrEqualTo(MOST * reference);
    }

    private static long mostErases(Cell cell, TestReporter reporter) throws Exception {
        Geometry geometry = new Geometry(cell.progSize(), cell.progSize(), BLOCK_SIZE, BLOCKS, ErasedState.ONES);
        Options options = Options.none().plus("blockCycles", Integer.toString(cell.blockCycles()));
        Key file = Key.of("d/".repeat(cell.depth()) + "f");
        RamDevice memory = RamDevice.erased(geometry);
        LittleFs.format(memory, options);
        try (KeyValueStore store = Stores.open(memory, options)) {
            store.set(file, content(0));
        }
        long[] erases = new long[BLOCKS];
        int mounts = cell.mounts() == Mounts.ONCE ? 1 : cell.rewrites();
        int each = cell.rewrites() / mounts;
        for (int mount = 0; mount < mounts; mount++) {
            memory = RamDevice.of(geometry, memory.image());
            StatisticsDevice counted = StatisticsDevice.of(memory);
            try (KeyValueStore store = Stores.open(counted, options)) {
                for (int i = 0; i < each; i++) {
                    store.set(file, content(mount * each + i));
                }
            }
            counted.snapshot()
                    .blocks()
                    .forEach((start, count) -> erases[(int) geometry.blockAt(start)] += count.erases());
        }
        try (KeyValueStore store = Stores.open(RamDevice.of(geometry, memory.image()), options)) {
            assertThat(store.get(file)).isEqualTo(content(cell.rewrites() - 1));
        }
        long most = LongStream.of(erases).max().orElseThrow();
        long sum = LongStream.of(erases).sum();
        reporter.publishEntry("wear", cell + ": most " + most + ", all blocks " + sum);
        return most;
    }

    private static byte[] content(int rewrite) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(rewrite).array();
    }
}
