package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import java.time.Instant;

/** Times that the caller sets. */
final class TreeTimestamps implements Timestamps {
    private final ReferenceTree store;

    TreeTimestamps(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public void allocate(Key key, long size, Instant lastModified) throws StoreException {
        store.allocate(key, size, lastModified);
    }

    @Override
    public void setLastModified(Key key, Instant lastModified) throws StoreException {
        store.update(
                "set time", tree -> tree.with(key, store.view(tree).value(key).withTime(lastModified)));
    }
}
