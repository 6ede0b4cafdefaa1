package dev.morgana.lsm;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** ekv for the contract. */
record EkvFixture(List<Variant> variants, Media media, int seeds) implements StoreFixture {
    @Override
    public StoreProvider provider() {
        return new EkvProvider();
    }

    /** Where the half-empty pages lie depends on what was merged when. */
    @Override
    public int refillSlack() {
        return 2;
    }

    /** A damaged image may contradict the options that it is opened with. */
    @Override
    public boolean explainsDamage(StoreException error) {
        return error instanceof dev.morgana.spi.error.InvalidOptionException;
    }
}
