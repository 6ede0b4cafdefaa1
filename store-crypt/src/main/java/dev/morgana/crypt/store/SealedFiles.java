package dev.morgana.crypt.store;

import dev.morgana.spi.backend.HandleOptions;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.io.IOException;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Open values of an encrypted tree. What a handle reads and writes costs its segments; what it publishes is the whole value, since
 * every sealed value has one version.
 */
final class SealedFiles implements FileHandles {
    private final OpenTree place;
    private final KeyValueStore tree;

    /** All that are open; touched under the vault's lock alone. */
    private final Set<SealedHandle> handles = Collections.newSetFromMap(new IdentityHashMap<>());

    SealedFiles(OpenTree place) {
        this.place = place;
        this.tree = place.tree();
    }

    @Override
    public FileHandle open(Key key, Set<StandardOpenOption> options) throws StoreException {
        HandleOptions wanted = HandleOptions.of(options);
        synchronized (place.vault()) {
            if (wanted.writable() && tree.info().readOnly()) {
                throw new ReadOnlyStoreException("open for writing");
            }
            if (wanted.create()) {
                create(key, wanted);
            }
            SealedHandle handle = new SealedHandle(place, key, wanted, handles::remove);
            handles.add(handle);
            return handle;
        }
    }

    private void create(Key key, HandleOptions wanted) throws StoreException {
        if (key.isRoot()) {
            throw new ValueExpectedException(key);
        }
        TreeRules.checkAncestors(Lookup.in(tree, key));
        Optional<Kind> kind = tree.kind(key);
        if (kind.isPresent() && wanted.createNew()) {
            throw new KeyExistsException(key, kind.get());
        }
        if (kind.isEmpty()) {
            if (tree.kind(key.parent()).isEmpty()) {
                throw new NoSuchKeyException(key);
            }
            tree.set(key, new byte[0]);
        }
    }

    /** Tells the handles of a value that there is another one, or of what lies below a dictionary that it is gone. */
    void changed(Key key, boolean removed) {
        for (SealedHandle handle : handles) {
            if (key.isPrefixOf(handle.key())) {
                handle.changed(removed || !key.equals(handle.key()));
            }
        }
    }

    /** Publishes what was written through open handles. One that fails does not keep the others from it. */
    void flush() throws StoreException {
        synchronized (place.vault()) {
            Optional<StoreException> failure = Optional.empty();
            for (SealedHandle handle : List.copyOf(handles)) {
                try {
                    handle.sync();
                } catch (IOException e) {
                    StoreException failed = e instanceof StoreException known
                            ? known
                            : new DeviceIoException(tree.info().format(), "publishing an open value failed", 0, 0, e);
                    failure.ifPresent(failed::addSuppressed);
                    failure = Optional.of(failed);
                }
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
