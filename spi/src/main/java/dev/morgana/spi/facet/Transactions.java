package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/** Snapshots, and changes that take effect together. */
public interface Transactions extends Facet {
    /**
     * Begins to read a snapshot. Any number may be open; none holds up a writer.
     *
     * @return the transaction; close it
     * @throws StoreException if the medium is damaged or fails
     */
    ReadTransaction read() throws StoreException;

    /**
     * Begins to write, after waiting for the write transaction under way.
     *
     * @return the transaction; close it
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if this thread has a write transaction open already
     */
    WriteTransaction write() throws StoreException;
}
