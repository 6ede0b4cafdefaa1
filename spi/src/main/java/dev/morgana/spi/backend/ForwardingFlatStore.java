package dev.morgana.spi.backend;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A flat store that passes every call on to another one. A layer overrides what it changes: also {@link #facet}, since a facet
 * of the other store goes around the layer.
 */
public abstract class ForwardingFlatStore implements FlatStore {
    private final FlatStore store;

    /**
     * Passes calls on.
     *
     * @param store takes them; closed with this one
     */
    protected ForwardingFlatStore(FlatStore store) {
        this.store = store;
    }

    /**
     * The store that takes the calls.
     *
     * @return the same for the life of this object
     */
    protected final FlatStore store() {
        return store;
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return store.facet(type);
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return store.get(key);
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return store.open(key);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        return store.read(key, offset, target);
    }

    @Override
    public boolean contains(byte[] key) throws StoreException {
        return store.contains(key);
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        return store.size(key);
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return store.keys();
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        store.put(key, value);
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        store.put(key, value);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        return store.remove(key);
    }

    @Override
    public void clear() throws StoreException {
        store.clear();
    }

    @Override
    public void flush() throws StoreException {
        store.flush();
    }

    @Override
    public void close() {
        store.close();
    }
}
