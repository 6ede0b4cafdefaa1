package dev.morgana.tck.reference;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.util.Map;
import java.util.Optional;

/** Making and removing empty dictionaries. */
final class TreeDictionaries implements Dictionaries {
    private final ReferenceTree store;

    TreeDictionaries(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public void create(Key key) throws StoreException {
        store.update("create dictionary", tree -> {
            TreeRules.checkCreate(Lookup.in(store.view(tree), key));
            if (tree.find(key.parent()) == null) {
                throw new NoSuchKeyException(key);
            }
            ReferenceTree.checkLimits(key);
            return tree.with(key, new Node.Dictionary(Node.noAttributes()));
        });
    }

    @Override
    public void removeEmpty(Key key) throws StoreException {
        ArgumentChecks.requireRemovable(key);
        store.update("remove dictionary", tree -> {
            if (store.view(tree).node(key).kind() == Kind.VALUE) {
                throw new DictionaryExpectedException(key, key);
            }
            Optional<Map.Entry<Key, Node>> child = tree.children(key).findFirst();
            if (child.isPresent()) {
                throw new KeyExistsException(
                        child.get().getKey(), child.get().getValue().kind());
            }
            return tree.without(key);
        });
    }
}
