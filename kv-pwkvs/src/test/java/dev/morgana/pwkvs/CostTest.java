package dev.morgana.pwkvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.Content;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What operations read: the bounds. */
class CostTest {
    private static final int SECTOR = 1024;
    private static final int SECTORS = 16;

    private final RamDevice medium = RamDevice.erased(Flashes.geometry(SECTOR, SECTORS));

    private static long entrySize(int keyLength, int valueLength) {
        return (16 + keyLength + valueLength + 15) / 16 * 16L;
    }

    @Test
    void openingReadsThePartitionOnce() throws StoreException {
        StatisticsDevice device = StatisticsDevice.of(medium);
        PwKvs.open(device, Options.none());
        assertThat(device.snapshot().reads().calls()).isEqualTo(1);
        assertThat(device.snapshot().reads().bytes()).isEqualTo((long) SECTOR * SECTORS);
    }

    @Test
    void aGetIsOneRead() throws StoreException {
        Flashes.opened(medium, Options.none()).put(Flashes.raw("key"), Flashes.value(0));
        StatisticsDevice device = StatisticsDevice.of(medium);
        PwKvs kvs = PwKvs.open(device, Options.none());
        long before = device.snapshot().reads().calls();
        assertThat(kvs.get(Flashes.raw("key"), 100, 0).orElseThrow().bytes()).isEqualTo(Flashes.value(0));
        assertThat(device.snapshot().reads().calls() - before).isEqualTo(1);
    }

    /** Each programmed byte is verified, each entry that is fetched or moved is read once, and nothing else. */
    @Test
    void overwritingReadsWhatItProgramsAndMoves() throws StoreException {
        StatisticsDevice device = StatisticsDevice.of(medium);
        PwKvs kvs = PwKvs.open(device, Options.none());
        Random random = new Random(3);
        long put = 0;
        for (int i = 0; i < 5_000; i++) {
            kvs.put(Flashes.raw("key" + random.nextInt(10)), new Content(50, i).bytes());
            put += entrySize(4, 50);
        }
        Statistics counts = device.snapshot();
        long moved = counts.programs().bytes() - put;
        assertThat(counts.erases().calls()).isPositive();
        assertThat(counts.reads().bytes())
                .isLessThanOrEqualTo((long) SECTOR * SECTORS + counts.programs().bytes() + moved);
    }
}
