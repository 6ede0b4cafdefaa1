package dev.morgana.interop.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a set reads from the device does not grow with the siblings of its key, but for the height of a tree. */
@Campaign
class SiblingCostTest {
    private static final int SETS = 41;
    private static final byte[] VALUE = new byte[20];

    /** A format, on a device that has room for all siblings. */
    private record Setup(StoreProvider format, Geometry geometry, Options options) {
        @Override
        public String toString() {
            return format.format();
        }

        KeyValueStore open(BlockDevice device) throws StoreException {
            format.format(List.of(device), options);
            return Morgana.tree(format.open(List.of(device), options));
        }
    }

    private static Geometry geometry(int blockSize, long blocks, ErasedState erased) {
        return new Geometry(1, 16, blockSize, blocks, erased);
    }

    static Stream<Setup> setups() {
        return Stream.of(
                new Setup(new EmbedKvProvider(), geometry(128, 150_000, ErasedState.ZEROS), Options.none()),
                new Setup(
                        new PwKvsProvider(),
                        geometry(16_384, 1_000, ErasedState.ONES),
                        Options.none().plus("sectorSize", "16384").plus("maxEntries", "120000")),
                new Setup(
                        new EkvProvider(),
                        geometry(4096, 8_000, ErasedState.ONES),
                        Options.none().plus("pageSize", "4096").plus("maxPageCount", "8000")),
                new Setup(new LittleFsProvider(), geometry(4096, 8_000, ErasedState.ONES), Options.none()));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void readsOfASetDoNotGrowWithItsSiblings(Setup setup, TestReporter reporter) throws StoreException {
        int[] counts = {100, 1_000, 10_000, 100_000};
        int last = TestSize.isNightly() ? counts.length : counts.length - 1;
        StatisticsDevice device = StatisticsDevice.of(RamDevice.erased(setup.geometry()));
        try (KeyValueStore store = setup.open(device)) {
            int made = 0;
            double first = 0;
            for (int count : Arrays.copyOf(counts, last)) {
                for (; made < count; made++) {
                    store.set(key(made), VALUE);
                }
                double reads = medianOfReads(device, store);
                reporter.publishEntry(setup + ", reads of a set beside " + count + " siblings", Double.toString(reads));
                first = count == counts[0] ? reads : first;
                // One more read for each time that the number of siblings grows tenfold and a tree may grow by a level.
                double levels = Math.log10((double) count / counts[0]);
                assertThat(reads).as("%s, %d siblings", setup, count).isLessThanOrEqualTo(first + 1 + 2 * levels);
            }
        }
    }

    private static Key key(int number) {
        return Key.of("d/k%06d".formatted(number * 7_919L % 999_983));
    }

    /** The median, since a set that fills a page, a sector or a pair pays for those before it. */
    private static double medianOfReads(StatisticsDevice device, KeyValueStore store) throws StoreException {
        long[] reads = new long[SETS];
        for (int i = 0; i < SETS; i++) {
            long before = device.snapshot().reads().calls();
            store.set(key(i * 2), VALUE);
            reads[i] = device.snapshot().reads().calls() - before;
        }
        Arrays.sort(reads);
        return reads[SETS / 2];
    }
}
