package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Access to values by open handles, in constant memory and without rewriting the whole value. */
public interface FileHandles extends Facet {
    /**
     * Opens a value.
     *
     * @param key the key; its parent must exist
     * @param options among READ, WRITE, APPEND, TRUNCATE_EXISTING, CREATE, CREATE_NEW, with the meaning they have for files;
     *     none means READ
     * @return the handle; close it
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key (and it is not to be created), or its
     *     parent does not exist
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws dev.morgana.spi.error.KeyExistsException if CREATE_NEW is given and the key is bound
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if it is to be written and the store is read-only
     * @throws StoreException for these and what a change may fail with
     * @throws IllegalArgumentException if the options contradict each other or are not among those above
     */
    FileHandle open(Key key, Set<StandardOpenOption> options) throws StoreException;
}
