package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/** Rewriting the store in as little space as the format allows. */
public interface Compaction extends Facet {
    /**
     * Compacts. Safe against power loss.
     *
     * @throws StoreException if the device fails, or there is not enough space to work
     */
    void compact() throws StoreException;
}
