package dev.morgana.pwkvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.BlockCount;
import dev.morgana.block.drivers.layer.Statistics;
import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.Content;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Overwriting some keys for ever wears all sectors alike. */
class WearTest {
    private static final int SECTORS = 16;
    private static final int OVERWRITES = 100_000;

    @Test
    void isSpreadOverAllSectors() throws StoreException {
        StatisticsDevice device = StatisticsDevice.of(RamDevice.erased(Flashes.geometry(4096, SECTORS)));
        PwKvs kvs = PwKvs.open(device, Options.none());
        Random random = new Random(1);
        for (int i = 0; i < OVERWRITES; i++) {
            kvs.put(Flashes.raw("key" + random.nextInt(20)), new Content(64, i).bytes());
        }
        Statistics counts = device.snapshot();
        double mean = (double) counts.erases().calls() / SECTORS;
        long most = counts.blocks().values().stream()
                .mapToLong(BlockCount::erases)
                .max()
                .orElseThrow();
        assertThat(mean).isGreaterThan(100);
        assertThat(most / mean).isLessThanOrEqualTo(1.2);
    }
}
