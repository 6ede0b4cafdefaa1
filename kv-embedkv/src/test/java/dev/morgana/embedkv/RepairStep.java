package dev.morgana.embedkv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Outcome;
import dev.morgana.tck.model.TreeModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Repairs a store, which changes no value; every replica takes part afterwards, and all agree. */
record RepairStep() implements Operation {
    @Override
    public @Nullable Boolean run(KeyValueStore store) throws StoreException {
        store.facet(Repair.class).orElseThrow().repair(false, action -> {});
        assertThat(store.info().properties()).doesNotContainKey("degraded");
        List<Finding> findings = new ArrayList<>();
        store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        assertThat(findings).isEmpty();
        return null;
    }

    @Override
    public Outcome apply(TreeModel model) {
        return Outcome.DONE;
    }
}
