package dev.morgana.spi.provider;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Store;
import java.util.List;
import java.util.Optional;

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

    /**
     * Whether a store is one that this layer was put over, so that its values are not what they seem without it. Needs no options,
     * and reads little.
     *
     * @param store an opened store
     * @return whether the layer's own mark is in it
     * @throws StoreException if the store is damaged or fails
     */
    default boolean isOver(Store store) throws StoreException {
        return false;
    }

    /**
     * A tool for what the layer has put into a store that {@link #isOver} says it is over, as far as it works without options: such
     * as the facet {@code Check}, which finds values that were written past the layer.
     *
     * @param <F> the facet
     * @param inner the store without the layer; it stays the caller's, and open as long as the tool is used
     * @param type the facet's class
     * @return the tool, or empty if the layer has none
     */
    default <F extends Facet> Optional<F> inspect(Store inner, Class<F> type) {
        return Optional.empty();
    }
}
