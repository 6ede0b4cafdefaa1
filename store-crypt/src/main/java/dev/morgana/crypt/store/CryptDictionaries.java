package dev.morgana.crypt.store;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.util.List;
import java.util.Optional;

/** The dictionaries of an encrypted tree. What is refused is refused here, by the caller's own names. */
final class CryptDictionaries implements Dictionaries {
    private final CryptTree tree;
    private final Dictionaries inner;

    CryptDictionaries(CryptTree tree, Dictionaries inner) {
        this.tree = tree;
        this.inner = inner;
    }

    @Override
    public void create(Key key) throws StoreException {
        synchronized (tree.vault()) {
            tree.checkOwn(key);
            TreeRules.checkCreate(Lookup.in(tree, key));
            tree.bounds().checkKey(key);
            if (tree.kind(key.parent()).isEmpty()) {
                throw new NoSuchKeyException(key);
            }
            inner.create(tree.keys().inner(key));
        }
    }

    @Override
    public void removeEmpty(Key key) throws StoreException {
        synchronized (tree.vault()) {
            ArgumentChecks.requireRemovable(key);
            Optional<Kind> kind = tree.kind(key);
            if (kind.isEmpty()) {
                throw new NoSuchKeyException(key);
            }
            if (kind.get() == Kind.VALUE) {
                throw new DictionaryExpectedException(key, key);
            }
            List<Entry> children = tree.children(key);
            if (!children.isEmpty()) {
                throw new KeyExistsException(
                        children.get(0).key(), children.get(0).kind());
            }
            inner.removeEmpty(tree.keys().inner(key));
        }
    }
}
