package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.function.Consumer;

/** What the medium tells of how often its blocks were erased. */
public interface Wear extends Facet {
    /**
     * One block.
     *
     * @param block its number, from 0
     * @param count the count that the format keeps, such as a revision count or a transaction number
     * @param measure what the count is, in the format's words
     */
    record BlockWear(long block, long count, String measure) {}

    /**
     * Reports every block of which something is known, ascending.
     *
     * @param blocks takes them
     * @throws StoreException if the medium is damaged or fails
     */
    void wear(Consumer<BlockWear> blocks) throws StoreException;
}
