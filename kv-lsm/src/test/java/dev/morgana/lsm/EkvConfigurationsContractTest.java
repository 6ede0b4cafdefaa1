package dev.morgana.lsm;

import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.util.List;

/** The contract in memory, for the configurations that the other tests leave out; one of them is large. */
@Campaign
class EkvConfigurationsContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFixture(
                List.of(
                        Config.P512_A8.variant(48),
                        Config.P512_A16.variant(48),
                        Config.P4096.variant(14),
                        Config.P4096_NOCRC.variant(14),
                        Config.P1024_V64K.variant(320)),
                Media.flash(),
                TestSize.of(5, 20, 20));
    }
}
