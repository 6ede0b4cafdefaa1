package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/** Reading raw keys in the order of unsigned bytes, a prefix first. */
public interface OrderedScan extends Facet {
    /**
     * Opens a cursor over a snapshot: changes made after the call do not show in it.
     *
     * @param range which keys
     * @param direction in which order
     * @return the cursor; close it
     * @throws StoreException if the medium is damaged or fails
     */
    Cursor scan(KeyRange range, Direction direction) throws StoreException;
}
