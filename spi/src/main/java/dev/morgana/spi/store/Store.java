package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import java.util.Optional;

/**
 * What flat stores and trees have in common.
 *
 * <p><b>Threads.</b> Safe for use by many threads: many readers and one writer at a time; a reader never sees half a
 * change.
 *
 * <p><b>Durability.</b> When a call that changes something has returned, the change survives a power loss. Until then the
 * medium holds the old state or the new one of each value, never a mixture. Exceptions, such as the removal of a whole
 * dictionary, are named at the call.
 *
 * <p><b>Life.</b> After {@link #close()} every other call is an {@link IllegalStateException}. Streams, cursors and handles
 * of a store end with it.
 */
public interface Store extends AutoCloseable {
    /**
     * What this store is.
     *
     * @return format, geometry, limits and capabilities
     * @throws IllegalStateException if the store is closed
     */
    StoreInfo info();

    /**
     * Optional behaviour.
     *
     * @param <F> the facet
     * @param type its interface
     * @return the facet, or empty if this store does not have it
     * @throws IllegalStateException if the store is closed
     */
    <F extends Facet> Optional<F> facet(Class<F> type);

    /**
     * Makes durable what is not yet, such as changes through open file handles. A store without such changes does nothing;
     * so does a read-only one.
     *
     * @throws StoreException if the device fails, or there is no space
     * @throws IllegalStateException if the store is closed
     */
    void flush() throws StoreException;

    /**
     * Closes the store and its devices. Never fails, and closing twice does nothing. What a call acknowledged is durable
     * without it.
     */
    @Override
    void close();
}
