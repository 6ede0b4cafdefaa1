package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import java.util.Optional;

/** A snapshot of a store: every read sees the state at its beginning, to its end. Close it, since it may hold space. */
public interface ReadTransaction extends AutoCloseable {
    /**
     * The value of a raw key.
     *
     * @param key the key
     * @return the bytes, or empty if the key is not bound
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if the transaction or its store is closed
     */
    Optional<byte[]> get(byte[] key) throws StoreException;

    /**
     * Reads records in order.
     *
     * @param range which keys
     * @param direction in which order
     * @return the cursor; it ends with the transaction
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalStateException if the transaction or its store is closed
     */
    Cursor scan(KeyRange range, Direction direction) throws StoreException;

    /** Ends the transaction. Closing twice does nothing. */
    @Override
    void close();
}
