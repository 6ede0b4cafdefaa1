package dev.morgana.lsm;

import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.TestSize;
import java.util.List;

/** The contract on flash that refuses to be programmed twice. */
class EkvFlashContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new EkvFixture(
                List.of(Config.P128.variant(60), Config.P512_E00.variant(200)), Media.flash(), TestSize.of(5, 8, 8));
    }
}
