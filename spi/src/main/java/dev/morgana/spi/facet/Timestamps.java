package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import java.time.Instant;

/** Times of values, set by the caller; {@link dev.morgana.spi.store.ReadableStore#lastModified} reads them. */
public interface Timestamps extends Facet {
    /**
     * Binds a key to zeros, with a time.
     *
     * @param key the key
     * @param size how many bytes
     * @param lastModified the time
     * @throws StoreException see {@link dev.morgana.spi.store.KeyValueStore#allocate}
     */
    void allocate(Key key, long size, Instant lastModified) throws StoreException;

    /**
     * Sets the time of a value.
     *
     * @param key the key
     * @param lastModified the time; stored as exactly as the format can
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary that cannot have a time
     * @throws dev.morgana.spi.error.LimitExceededException if the format cannot express the time
     * @throws StoreException for any of these
     */
    void setLastModified(Key key, Instant lastModified) throws StoreException;
}
