package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;

/**
 * A position in an ordered scan. It begins before the first record; {@link #next()} moves on. Not safe for use by several
 * threads at once.
 */
public interface Cursor extends AutoCloseable {
    /**
     * Moves to the next record.
     *
     * @return whether there is one
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if the cursor or its store is closed
     */
    boolean next() throws StoreException;

    /**
     * The raw key of the record.
     *
     * @return the bytes; they belong to the caller
     * @throws IllegalStateException if there is no current record
     */
    byte[] key();

    /**
     * The size of the record's value.
     *
     * @return in bytes
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if there is no current record
     */
    long size() throws StoreException;

    /**
     * The record's value.
     *
     * @return the bytes; they belong to the caller
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if there is no current record
     */
    byte[] value() throws StoreException;

    /** Releases what the cursor holds. Closing twice does nothing. */
    @Override
    void close();
}
