package dev.morgana.tck.reference;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.util.List;

/** Several changes as one. Each is checked against what those before it leave. */
final class TreeBatch implements AtomicBatch {
    private final ReferenceTree store;

    TreeBatch(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public void apply(List<Change> changes) throws StoreException {
        store.update("batch", tree -> {
            Tree changed = tree;
            for (Change change : changes) {
                changed = applied(changed, change);
            }
            return changed;
        });
    }

    private Tree applied(Tree tree, Change change) throws StoreException {
        Key key = Key.ofBytes(change.key());
        if (change instanceof Change.Put put) {
            TreeRules.checkSet(Lookup.in(store.view(tree), key), false);
            ReferenceTree.checkLimits(key);
            Bytes.checkSize(put.value().length, TreeCodec.MAX_VALUE_BYTES, key.toString());
            return store.withBytes(tree, key, put.value().clone());
        }
        ArgumentChecks.requireRemovable(key);
        return tree.find(key) == null ? tree : tree.without(key);
    }
}
