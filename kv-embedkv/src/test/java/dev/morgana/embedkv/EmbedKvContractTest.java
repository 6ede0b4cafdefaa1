package dev.morgana.embedkv;

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

/** The contract of stores, on one replica and on three, over every driver that lets a block be written over. */
class EmbedKvContractTest {
    private static final int SEEDS = TestSize.of(20, 300, 3_000);

    @TempDir
    private static Path folder;

    @Nested
    class InPlainMemory extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return new EmbedKvFixture(
                    Media.ram(),
                    List.of(EmbedKvFixture.SMALL, EmbedKvFixture.LARGE, EmbedKvFixture.THREE, EmbedKvFixture.ONES),
                    SEEDS);
        }
    }

    /** What of the contract touches a driver. */
    private abstract static class OverDriver extends StoreOverDriverTck {
        private static final int FEW_SEEDS = TestSize.of(20, 20, 300);

        private final StoreFixture fixture;

        OverDriver(BlockDeviceProvider driver) {
            driver.unavailable().ifPresent(reason -> assumeTrue(false, reason));
            fixture = new EmbedKvFixture(
                    Media.ofDriver(driver, folder),
                    List.of(EmbedKvFixture.UNTORN, EmbedKvFixture.LARGE, EmbedKvFixture.THREE),
                    FEW_SEEDS);
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
