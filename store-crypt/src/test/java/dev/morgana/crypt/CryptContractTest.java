package dev.morgana.crypt;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract of stores over every format, encrypted. What differs least from the others is for the nights. */
class CryptContractTest {
    private static final int SEEDS = 15;

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

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class LittleFsWithHiddenNames extends Encrypted {
        LittleFsWithHiddenNames() {
            super(new LittleFsProvider(), "hideNames", "true");
        }
    }

    @Nested
    class LittleFsWithVersionIndex extends Encrypted {
        LittleFsWithVersionIndex() {
            super(new LittleFsProvider(), "versionIndex", "true");
        }
    }

    @Nested
    class Ekv extends Encrypted {
        Ekv() {
            super(new EkvProvider());
        }
    }

    @Nested
    class EkvWithHiddenNamesAndVersionIndex extends Encrypted {
        EkvWithHiddenNamesAndVersionIndex() {
            super(new EkvProvider(), "hideNames", "true", "versionIndex", "true");
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = "morgana.nightly", matches = "true")
    class EkvFs extends Encrypted {
        EkvFs() {
            super(new EkvFsProvider());
        }
    }

    @Nested
    class EmbedKv extends Encrypted {
        EmbedKv() {
            super(new EmbedKvProvider());
        }
    }

    @Nested
    class PwKvs extends Encrypted {
        PwKvs() {
            super(new PwKvsProvider());
        }
    }
}
