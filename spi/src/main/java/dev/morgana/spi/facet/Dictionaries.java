package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;

/** Dictionaries that exist by themselves. */
public interface Dictionaries extends Facet {
    /**
     * Makes an empty dictionary. Its parent must exist.
     *
     * @param key the key
     * @throws dev.morgana.spi.error.KeyExistsException if the key is bound
     * @throws dev.morgana.spi.error.NoSuchKeyException if the parent does not exist
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws StoreException for these and what {@link dev.morgana.spi.store.KeyValueStore#set} may fail with
     */
    void create(Key key) throws StoreException;

    /**
     * Removes a dictionary that is empty.
     *
     * @param key the key
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.DictionaryExpectedException if it is a value
     * @throws dev.morgana.spi.error.KeyExistsException if it has a child; the exception names one
     * @throws dev.morgana.spi.error.InvalidRequestException if it is the root
     * @throws StoreException for any of these
     */
    void removeEmpty(Key key) throws StoreException;
}
