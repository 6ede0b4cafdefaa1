package dev.morgana.littlefs;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Outcome;
import dev.morgana.tck.model.TreeModel;

/** Sets an attribute of a key that is bound, which changes no value. */
record SetAttribute(Key key, int type, int length) implements Operation {
    @Override
    public Boolean run(KeyValueStore store) throws StoreException {
        store.facet(UserAttributes.class).orElseThrow().set(key, type, new byte[length]);
        return null;
    }

    @Override
    public Outcome apply(TreeModel model) {
        return Outcome.DONE;
    }
}
