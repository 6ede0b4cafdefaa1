package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;

/**
 * A token of what a store holds. A caller who keeps it in a safe place learns from it whether a medium that was out of their
 * hands is the one that they left, and not an older image, or one that somebody has changed.
 */
public interface StateToken extends Facet {
    /**
     * The token of the state that the store is in now. Each change of a value, and of a key, gives another one; opening and
     * reading give the same. Nobody without the store's key can foresee it, or make a store that has it.
     *
     * @return 32 bytes
     * @throws StoreException if the store is damaged or the device fails
     */
    byte[] stateToken() throws StoreException;
}
