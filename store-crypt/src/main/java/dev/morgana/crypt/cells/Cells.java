package dev.morgana.crypt.cells;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.store.Store;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The sealed values of a store by name, whatever its shape, and whether its names are hidden or not. In a tree a name is the
 * path, its segments joined by {@code '/'}. Returns and failures are those of {@link dev.morgana.spi.store.FlatStore}.
 */
public interface Cells {
    /** Takes a name. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] name) throws StoreException;

        /** Takes the news that an entry has a name that the layer did not make. */
        default void damaged(CorruptStoreException damage) throws StoreException {
            throw damage;
        }
    }

    /** The store that the values are in. */
    Store store();

    Optional<byte[]> get(byte[] name) throws StoreException;

    Optional<InputStream> open(byte[] name) throws StoreException;

    OptionalInt read(byte[] name, long offset, ByteBuffer target) throws StoreException;

    OptionalLong size(byte[] name) throws StoreException;

    void put(byte[] name, byte[] sealed) throws StoreException;

    void put(byte[] name, InputStream sealed) throws StoreException;

    /** Writes a value that says the same as before: what else is stored with it stays. */
    void rewrite(byte[] name, InputStream sealed) throws StoreException;

    boolean remove(byte[] name) throws StoreException;

    /** The raw key of something that the store holds, an empty dictionary too, other than the layer's own values. */
    Optional<byte[]> anyRawKey() throws StoreException;

    /** The raw key, in a batch of the store, of a name. */
    byte[] rawKey(byte[] name);

    /** Visits each name but the layer's own, as of now. */
    void visit(Visitor visitor) throws StoreException;

    /** Removes what lies at the top and has a name that the layer did not make. */
    void removeStrangers() throws StoreException;

    /** Several changes as one, if the store can. */
    default Optional<AtomicBatch> batch() {
        return store().facet(AtomicBatch.class);
    }
}
