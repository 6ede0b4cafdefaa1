package dev.morgana.spi.facet;

/** One change of an {@link AtomicBatch}. Keys are raw: in a tree the segments joined by {@code '/'}. */
public sealed interface Change {
    /**
     * The key that changes.
     *
     * @return the raw key, not copied
     */
    byte[] key();

    /**
     * Binds a key to a value.
     *
     * @param key the raw key
     * @param value the bytes
     */
    record Put(byte[] key, byte[] value) implements Change {}

    /**
     * Removes a key; that it is not bound is no error.
     *
     * @param key the raw key
     */
    record Remove(byte[] key) implements Change {}
}
