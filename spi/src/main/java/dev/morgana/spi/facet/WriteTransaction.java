package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;

/**
 * Changes that become visible and durable together. Reads see the snapshot and the transaction's own changes. Closing
 * without a commit takes everything back.
 */
public interface WriteTransaction extends ReadTransaction {
    /**
     * Binds a raw key to a value.
     *
     * @param key the key
     * @param value the bytes
     * @throws StoreException if a limit is exceeded, there is no space, or the device fails; the transaction can only be closed
     *     then, unless the backend says otherwise
     * @throws IllegalStateException if the transaction has ended
     */
    void put(byte[] key, byte[] value) throws StoreException;

    /**
     * Removes a raw key.
     *
     * @param key the key
     * @return whether it was bound
     * @throws StoreException if the device fails
     * @throws IllegalStateException if the transaction has ended
     */
    boolean remove(byte[] key) throws StoreException;

    /**
     * Makes the changes visible and durable, and ends the transaction.
     *
     * @throws StoreException if there is no space or the device fails; nothing was changed
     * @throws IllegalStateException if the transaction has ended
     */
    void commit() throws StoreException;
}
