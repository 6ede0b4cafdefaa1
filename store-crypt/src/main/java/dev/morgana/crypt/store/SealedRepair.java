package dev.morgana.crypt.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.List;
import java.util.function.Consumer;

/** The repair of the inner store. A value that was tampered with is beyond repair, and is told of. */
record SealedRepair(Repair inner, Check check) implements Repair {
    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        inner.repair(dryRun, actions);
        return Repair.remaining(check, dryRun);
    }
}
