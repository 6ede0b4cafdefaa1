package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.List;

/** Several changes as one: after a power loss all of them are there or none. */
public interface AtomicBatch extends Facet {
    /**
     * Makes the changes durable together. Of several for one key the last one counts.
     *
     * @param changes what to do; an empty list does nothing
     * @throws dev.morgana.spi.error.LimitExceededException if a key or value is too large, or there are more changes than the
     *     format can commit at once
     * @throws dev.morgana.spi.error.NoSpaceException if they do not fit
     * @throws StoreException for these and what a single change may fail with; nothing was changed
     */
    void apply(List<Change> changes) throws StoreException;
}
