package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import java.util.Optional;
import java.util.SortedSet;

/** Small byte strings beside a value or a dictionary, numbered by type. */
public interface UserAttributes extends Facet {
    /**
     * The types of the attributes that a key has.
     *
     * @param key the key; the root may have attributes too
     * @return numbers from 0 to 255, ascending
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws StoreException if the medium is damaged or fails
     */
    SortedSet<Integer> types(Key key) throws StoreException;

    /**
     * One attribute.
     *
     * @param key the key
     * @param type its number, from 0 to 255
     * @return the bytes, possibly none; empty if there is no such attribute
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalArgumentException if the type is out of range
     */
    Optional<byte[]> get(Key key, int type) throws StoreException;

    /**
     * Sets one attribute, durably.
     *
     * @param key the key
     * @param type its number, from 0 to 255
     * @param value the bytes
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.LimitExceededException if the value is larger than attributes may be
     * @throws StoreException for these and what a change may fail with
     * @throws IllegalArgumentException if the type is out of range
     */
    void set(Key key, int type, byte[] value) throws StoreException;

    /**
     * Removes one attribute, durably.
     *
     * @param key the key
     * @param type its number, from 0 to 255
     * @return whether there was one
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws StoreException for this and what a change may fail with
     * @throws IllegalArgumentException if the type is out of range
     */
    boolean remove(Key key, int type) throws StoreException;
}
