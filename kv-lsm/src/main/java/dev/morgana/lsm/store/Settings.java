package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.Shape;

/**
 * How a store is opened.
 *
 * @param shape the options of the image
 * @param seed where allocation begins
 * @param readOnly whether nothing may be written
 * @param strictOrder whether the keys of a write transaction must ascend, as the reference implementation wants it
 * @param cacheBytes how many bytes of payload are kept in memory
 * @param transactionBytes how many bytes of changes a transaction keeps in memory
 */
public record Settings(
        Shape shape, long seed, boolean readOnly, boolean strictOrder, long cacheBytes, long transactionBytes) {
    /** These settings with another shape. */
    public Settings withShape(Shape other) {
        return new Settings(other, seed, readOnly, strictOrder, cacheBytes, transactionBytes);
    }
}
