package dev.morgana.lsm;

import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.util.List;

/** The contract in plain memory. */
class EkvContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFixture(
                List.of(
                        Config.P128.variant(60),
                        Config.P256_A2_BF4.variant(56),
                        Config.P512_A1.variant(40),
                        Config.P512_E00.variant(40),
                        Config.P4096_CH256.variant(32)),
                Media.ram(),
                TestSize.of(5, 25, 25));
    }
}
