package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/** Making a store larger after its device was enlarged. */
public interface Growth extends Facet {
    /**
     * Grows the store. Safe against power loss.
     *
     * @param blockCount the new number of blocks, at least the present one
     * @throws dev.morgana.spi.error.InvalidRequestException if it is less than the present number, or more than the device has
     * @throws StoreException for this and what a change may fail with
     */
    void grow(long blockCount) throws StoreException;
}
