package dev.morgana.tck.reference;

import dev.morgana.spi.backend.HandleOptions;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.TreeRules;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Open values. What the options mean is decided here; the handle itself is told what to do. */
final class TreeFiles implements FileHandles {
    private final ReferenceTree store;

    TreeFiles(ReferenceTree store) {
        this.store = store;
    }

    @Override
    public FileHandle open(Key key, Set<StandardOpenOption> options) throws StoreException {
        HandleOptions wanted = HandleOptions.of(options);
        if (wanted.append() && options.contains(StandardOpenOption.READ)) {
            throw new IllegalArgumentException("options " + options + " contradict each other");
        }
        if (wanted.writable() && store.info().readOnly()) {
            throw new ReadOnlyStoreException("open for writing");
        }
        boolean create = wanted.writable() && isToBeCreated(key, wanted);
        byte[] bytes = create || wanted.truncate() ? new byte[0] : store.get(key);
        return new BufferedHandle(
                store,
                key,
                new BufferedHandle.Access(wanted.readable(), wanted.writable(), wanted.append()),
                bytes,
                create || wanted.truncate());
    }

    /** Whether the key is missing and is to appear. */
    private boolean isToBeCreated(Key key, HandleOptions options) throws StoreException {
        Optional<Kind> kind = store.kind(key);
        if (options.createNew() && kind.isPresent()) {
            throw new KeyExistsException(key, kind.get());
        }
        if (kind.isPresent() && kind.get() == Kind.DICTIONARY) {
            throw new ValueExpectedException(key);
        }
        if (kind.isPresent() || !options.create()) {
            return false;
        }
        TreeRules.checkSet(Lookup.in(store, key), false);
        ReferenceTree.checkLimits(key);
        if (store.kind(key.parent()).isEmpty()) {
            throw new NoSuchKeyException(key);
        }
        return true;
    }
}
