package dev.morgana.spi.provider;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import java.util.List;

/**
 * A layer over any store, such as encryption: a function from stores to stores. Found through
 * {@link java.util.ServiceLoader}; the rules of {@link StoreProvider} for implementations count here too.
 */
public interface StoreLayerProvider {
    /**
     * The layer's name, as in addresses.
     *
     * @return lower case letters, digits, {@code -} and {@code _}, beginning with a letter; unique among all installed formats
     *     and layers
     */
    String layer();

    /**
     * What the layer does.
     *
     * @return one line
     */
    String description();

    /**
     * The options of {@link #initialize} and {@link #wrap}.
     *
     * @return their declarations, in the order in which people should see them
     */
    List<Option<?>> options();

    /**
     * Prepares a store that was just formatted.
     *
     * @param inner the empty store; it stays the caller's
     * @param options checked against {@link #options()} by this method
     * @throws StoreException if an option is wrong or the store fails
     */
    void initialize(Store inner, Options options) throws StoreException;

    /**
     * Puts the layer over a store. On success the answer owns the inner store and closes it; on failure it stays the
     * caller's.
     *
     * @param inner a flat store or a tree
     * @param options checked against {@link #options()} by this method
     * @return a store of the same shape
     * @throws StoreException if an option is wrong or the store fails
     */
    Store wrap(Store inner, Options options) throws StoreException;
}
