package dev.morgana.crypt;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.CrashTck;
import dev.morgana.tck.store.FacetTck;
import dev.morgana.tck.store.ReadTck;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import dev.morgana.tck.store.WriteTck;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract of stores, encrypted: the whole of it over a tree and over a flat store, and over the other formats what the layer
 * could spoil there. The rest is left to the night.
 */
class CryptContractTest {
    private static final int SEEDS = TestSize.of(5, 15, 15);

    private abstract static class Encrypted extends StoreTck {
        private final StoreFixture fixture;

        Encrypted(StoreProvider format, String... options) {
            fixture = new CryptFixture(format, CryptFixture.variants(format, options), SEEDS);
        }

        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class LittleFs extends Encrypted {
        LittleFs() {
            super(new LittleFsProvider());
        }
    }

    /** Reading, writing, facets and a power cut. */
    private abstract static class Parts {
        private final StoreFixture fixture;

        Parts(StoreProvider format, String... options) {
            fixture = new CryptFixture(format, CryptFixture.variants(format, options), SEEDS);
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
        class Facets extends FacetTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }

        @Nested
        class Crash extends CrashTck {
            @Override
            protected StoreFixture fixture() {
                return fixture;
            }
        }
    }

    @Nested
    class Ekv extends Encrypted {
        Ekv() {
            super(new EkvProvider());
        }
    }

    @Nested
    @Campaign
    class LittleFsWithHiddenNames extends Parts {
        LittleFsWithHiddenNames() {
            super(new LittleFsProvider(), "hideNames", "true");
        }
    }

    @Nested
    @Campaign
    class LittleFsWithVersionIndex extends Parts {
        LittleFsWithVersionIndex() {
            super(new LittleFsProvider(), "versionIndex", "true");
        }
    }

    @Nested
    @Campaign
    class EkvWithHiddenNamesAndVersionIndex extends Parts {
        EkvWithHiddenNamesAndVersionIndex() {
            super(new EkvProvider(), "hideNames", "true", "versionIndex", "true");
        }
    }

    @Nested
    @Campaign
    class EkvFs extends Parts {
        EkvFs() {
            super(new EkvFsProvider());
        }
    }

    @Nested
    @Campaign
    class EmbedKv extends Parts {
        EmbedKv() {
            super(new EmbedKvProvider());
        }
    }

    @Nested
    @Campaign
    class PwKvs extends Parts {
        PwKvs() {
            super(new PwKvsProvider());
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllLittleFsWithHiddenNames extends Encrypted {
        AllLittleFsWithHiddenNames() {
            super(new LittleFsProvider(), "hideNames", "true");
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllLittleFsWithVersionIndex extends Encrypted {
        AllLittleFsWithVersionIndex() {
            super(new LittleFsProvider(), "versionIndex", "true");
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllEkvWithHiddenNamesAndVersionIndex extends Encrypted {
        AllEkvWithHiddenNamesAndVersionIndex() {
            super(new EkvProvider(), "hideNames", "true", "versionIndex", "true");
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllEkvFs extends Encrypted {
        AllEkvFs() {
            super(new EkvFsProvider());
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllEmbedKv extends Encrypted {
        AllEmbedKv() {
            super(new EmbedKvProvider());
        }
    }

    @Nested
    @Campaign
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class AllPwKvs extends Encrypted {
        AllPwKvs() {
            super(new PwKvsProvider());
        }
    }
}
