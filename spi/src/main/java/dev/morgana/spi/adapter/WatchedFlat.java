package dev.morgana.spi.adapter;

import dev.morgana.spi.backend.ForwardingFlatStore;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.FlatStore;
import java.io.InputStream;

/** The flat store below a tree, for those who change raw keys: the tree learns that something may have changed. */
final class WatchedFlat extends ForwardingFlatStore {
    private final Ancestors ancestors;

    WatchedFlat(FlatStore flat, Ancestors ancestors) {
        super(flat);
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
        changed(() -> store().put(key, value));
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        changed(() -> store().put(key, value));
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        boolean[] bound = new boolean[1];
        changed(() -> bound[0] = store().remove(key));
        return bound[0];
    }

    @Override
    public void clear() throws StoreException {
        changed(store()::clear);
    }
}
