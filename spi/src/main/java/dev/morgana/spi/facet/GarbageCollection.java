package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/** Work done now, so that later calls need not do it. */
public interface GarbageCollection extends Facet {
    /**
     * Does pending work: reclaims space, finishes what was interrupted. Safe against power loss.
     *
     * @throws StoreException if the device fails
     */
    void collect() throws StoreException;
}
