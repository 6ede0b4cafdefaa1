package dev.morgana.littlefs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.block.drivers.mem.MemDriver;
import dev.morgana.block.drivers.unix.NativeDriver;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreOverDriverTck;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores, from the smallest legal block to 128 KiB, on strict flash and over every driver. */
class LittleFsContractTest {
    private static final int SEEDS = TestSize.of(20, 300, 3_000);

    @TempDir
    private static Path folder;

    @Nested
    class OnFlash extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return new LittleFsFixture(
                    Media.flash(),
                    List.of(
                            LittleFsFixture.SMALLEST,
                            LittleFsFixture.WORN,
                            LittleFsFixture.COARSE,
                            LittleFsFixture.COMMON,
                            LittleFsFixture.ODD,
                            LittleFsFixture.OLDER,
                            LittleFsFixture.NOR,
                            LittleFsFixture.LIMITED,
                            LittleFsFixture.NAND),
                    SEEDS);
        }
    }

    private static StoreFixture fixture(BlockDeviceProvider driver) {
        driver.unavailable().ifPresent(reason -> assumeTrue(false, reason));
        return new LittleFsFixture(
                Media.ofDriver(driver, folder), List.of(LittleFsFixture.FEWER), TestSize.of(10, 10, 300));
    }

    private abstract static class OverDriver extends StoreOverDriverTck {
        private final StoreFixture fixture;

        OverDriver(BlockDeviceProvider driver) {
            fixture = LittleFsContractTest.fixture(driver);
        }

        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class OverMem extends OverDriver {
        OverMem() {
            super(new MemDriver());
        }
    }

    @Nested
    class OverFile extends OverDriver {
        OverFile() {
            super(new FileDriver());
        }
    }

    @Nested
    class OverNative extends OverDriver {
        OverNative() {
            super(new NativeDriver());
        }
    }
}
