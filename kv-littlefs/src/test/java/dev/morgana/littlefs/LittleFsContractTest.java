package dev.morgana.littlefs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.block.drivers.file.FileDriver;
import dev.morgana.block.drivers.mem.MemDriver;
import dev.morgana.block.drivers.unix.NativeDriver;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.tck.store.FacetTck;
import dev.morgana.tck.store.FileTck;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.ProviderTck;
import dev.morgana.tck.store.ReadTck;
import dev.morgana.tck.store.RenameTck;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.WriteTck;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores, from the smallest legal block to 128 KiB, on strict flash and over every driver. */
class LittleFsContractTest {
    private static final int SEEDS = TestSize.of(300, 3_000);

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
                new DriverMedia(driver, folder), List.of(LittleFsFixture.FEWER), TestSize.of(10, 300));
    }

    /** What of the contract touches the driver: power cuts and damage are played in plain memory whatever the driver. */
    private abstract static class OverDriver {
        private final StoreFixture fixture;

        OverDriver(BlockDeviceProvider driver) {
            fixture = LittleFsContractTest.fixture(driver);
        }

        @Nested
        class Reading extends ReadTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Writing extends WriteTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Renaming extends RenameTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Facets extends FacetTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Files extends FileTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Provider extends ProviderTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
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

    /** All of it over every driver takes minutes. */
    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllOverMem extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return LittleFsContractTest.fixture(new MemDriver());
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllOverFile extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return LittleFsContractTest.fixture(new FileDriver());
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllOverNative extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return LittleFsContractTest.fixture(new NativeDriver());
        }
    }
}
