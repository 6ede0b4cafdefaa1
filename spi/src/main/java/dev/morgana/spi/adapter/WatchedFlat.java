package dev.morgana.spi.adapter;

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

/** The flat store below a tree, for those who change raw keys: the tree learns that something may have changed. */
final class WatchedFlat implements FlatStore {
    private final FlatStore flat;
    private final Ancestors ancestors;

    WatchedFlat(FlatStore flat, Ancestors ancestors) {
        this.flat = flat;
        this.ancestors = ancestors;
    }

    private void changed(Ancestors.Change change) throws StoreException {
        ancestors.during(() -> {
            change.make();
            ancestors.forget();
        });
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        changed(() -> flat.put(key, value));
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        changed(() -> flat.put(key, value));
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        boolean[] bound = new boolean[1];
        changed(() -> bound[0] = flat.remove(key));
        return bound[0];
    }

    @Override
    public void clear() throws StoreException {
        changed(flat::clear);
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return flat.get(key);
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return flat.open(key);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        return flat.read(key, offset, target);
    }

    @Override
    public boolean contains(byte[] key) throws StoreException {
        return flat.contains(key);
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        return flat.size(key);
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return flat.keys();
    }

    @Override
    public StoreInfo info() {
        return flat.info();
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return flat.facet(type);
    }

    @Override
    public void flush() throws StoreException {
        flat.flush();
    }

    @Override
    public void close() {
        flat.close();
    }
}
