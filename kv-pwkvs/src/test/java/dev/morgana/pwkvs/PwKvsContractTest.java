package dev.morgana.pwkvs;

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

/** The contract of stores, with one copy of each entry and with two, over every driver and under the rules of flash. */
class PwKvsContractTest {
    @TempDir
    private static Path folder;

    @Nested
    class OnFlash extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return new PwKvsFixture(
                    Media.flash(),
                    List.of(PwKvsFixture.SMALL, PwKvsFixture.LARGE, PwKvsFixture.TWO_COPIES),
                    TestSize.of(20, 300, 3_000));
        }
    }

    /** What of the contract touches a driver. */
    private abstract static class OverDriver extends StoreOverDriverTck {
        private final StoreFixture fixture;

        OverDriver(BlockDeviceProvider driver) {
            driver.unavailable().ifPresent(reason -> assumeTrue(false, reason));
            fixture = new PwKvsFixture(
                    Media.ofDriver(driver, folder),
                    List.of(PwKvsFixture.SMALL, PwKvsFixture.LARGE),
                    TestSize.of(20, 20, 300));
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
