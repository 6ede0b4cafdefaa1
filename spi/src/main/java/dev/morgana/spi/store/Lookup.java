package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.util.Optional;

/**
 * Where a key leads in a tree, as {@link TreeRules} ask it. It may look when it is asked, and not before, so that what is
 * refused for another reason reads nothing. For backends; for one thread, under whatever keeps the tree from changing.
 */
public interface Lookup {
    /**
     * The nearest ancestor of a key that is bound.
     *
     * @param key the ancestor; the root always is bound
     * @param kind what it is
     */
    record Ancestor(Key key, Kind kind) {}

    /**
     * The key that was looked up.
     *
     * @return the key
     */
    Key key();

    /**
     * What is bound to the key.
     *
     * @return its kind, or empty if there is nothing
     * @throws StoreException if the medium is damaged or fails
     */
    Optional<Kind> kind() throws StoreException;

    /**
     * How far the key leads: to its parent, or to the first ancestor on the way that is a value or lacks the next name.
     *
     * @return that ancestor; of the root, the root
     * @throws StoreException if the medium is damaged or fails
     */
    Ancestor nearestAncestor() throws StoreException;

    /**
     * Looks up a name in the dictionary that this one found.
     *
     * @param segment the name, in bytes
     * @return the lookup of that child
     * @throws StoreException if the medium is damaged or fails
     */
    Lookup child(byte[] segment) throws StoreException;

    /**
     * A lookup in a store that knows no shorter way than to be asked for the kind of one key after the other.
     *
     * @param store the store
     * @param key the key to look up
     * @return a lookup that asks the store anew each time
     */
    static Lookup in(ReadableStore store, Key key) {
        return new StoreLookup(store, key);
    }
}
