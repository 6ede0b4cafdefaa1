package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Facet;

/** Other keys for an encrypted store. */
public interface KeyRotation extends Facet {
    /**
     * Locks the store with another key or password. Values stay as they are, so this is one small change; who had the old key
     * and kept an old image can still read what was in it, and what is written under the same data key later.
     *
     * @param key the options of the layer that name the new key, such as {@code keyFile}
     * @throws dev.morgana.spi.error.InvalidOptionException if they name none, or one that cannot be read
     * @throws StoreException for this and what a change may fail with; the old key then still opens the store
     */
    void changeKey(Options key) throws StoreException;

    /**
     * Makes a new data key, writes every value again under it, and forgets the old one. A power loss in the middle leaves
     * every value readable; the rotation goes on when it is called again.
     *
     * @return how many values were written
     * @throws StoreException what a change may fail with; what was not yet rewritten stays readable
     */
    long rotate() throws StoreException;
}
