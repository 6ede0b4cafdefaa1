package dev.morgana.crypt.store;

import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import java.time.Instant;

/** The times of an encrypted tree, which the inner store keeps as they are: neither hidden nor authenticated. */
final class CryptTimes implements Timestamps {
    private final CryptTree tree;
    private final Timestamps inner;

    CryptTimes(CryptTree tree, Timestamps inner) {
        this.tree = tree;
        this.inner = inner;
    }

    @Override
    public void allocate(Key key, long size, Instant lastModified) throws StoreException {
        synchronized (tree.vault()) {
            tree.allocate(key, size);
            setLastModified(key, lastModified);
        }
    }

    @Override
    public void setLastModified(Key key, Instant lastModified) throws StoreException {
        synchronized (tree.vault()) {
            tree.checkOwn(key);
            if (tree.kind(key).isEmpty()) {
                throw new NoSuchKeyException(key);
            }
            inner.setLastModified(tree.keys().inner(key), lastModified);
        }
    }
}
