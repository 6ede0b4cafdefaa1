package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.StatisticsDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What small transactions and mounting cost. */
class EconomyTest {
    private static final int TRANSACTIONS = 1000;
    private static final int PAGE = 4096;
    private static final int PAGES = 64;
    private static final Geometry FLASH = new Geometry(4, 4, PAGE, PAGES, ErasedState.ONES);
    private static final Options OPTIONS = Options.none().with(EkvOptions.PAGE_SIZE, (long) PAGE);

    @Test
    void ascendingKeysEraseAlmostNothing() throws StoreException {
        StatisticsDevice flash = StatisticsDevice.of(RamDevice.erased(FLASH));
        Ekv.format(flash, OPTIONS);
        try (Ekv database = Ekv.open(flash, OPTIONS)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                database.put("log%08d".formatted(i).getBytes(StandardCharsets.US_ASCII), new byte[64]);
            }
        }
        assertThat(flash.snapshot().erases().calls()).isLessThanOrEqualTo(TRANSACTIONS / 10);
    }

    @Test
    void mountingReadsNoByteTwice() throws StoreException {
        RamDevice ram = RamDevice.erased(FLASH);
        Ekv.format(ram, OPTIONS);
        try (Ekv database = Ekv.open(ram, OPTIONS)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                database.put("k%d".formatted(i * 37 % 500).getBytes(StandardCharsets.US_ASCII), new byte[i % 100]);
            }
        }
        Options told = OPTIONS.with(EkvOptions.CRC, false)
                .with(EkvOptions.MAX_PAGE_COUNT, 256L)
                .with(EkvOptions.ERASE_VALUE, EraseValue.ONES);
        ReadOnce flash = new ReadOnce(RamDevice.of(FLASH, ram.image()));
        Ekv.open(flash, told).close();
        assertThat(flash.bytes()).isPositive();
        assertThat(flash.twice()).isZero();
    }
}
