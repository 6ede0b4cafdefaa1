package dev.morgana.lsm;

import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.util.List;

/** The contract of files, in memory on flash that refuses to be programmed twice. */
class EkvFsContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFsFixture(
                List.of(
                        EkvFsFixture.variant(Config.P512_A1, 96, 100, 60),
                        EkvFsFixture.variant(Config.P4096_CH256, 40, 512, 60),
                        EkvFsFixture.variant(Config.P512_E00, 250, 256, 320),
                        EkvFsFixture.spilling(Config.P512_A1, 120, 100, 60)),
                Media.flash(),
                TestSize.of(5, 15, 15));
    }
}
