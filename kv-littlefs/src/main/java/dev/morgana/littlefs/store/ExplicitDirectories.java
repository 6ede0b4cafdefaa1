package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.TreeRules;
import java.util.Optional;
import java.util.stream.Stream;

/** Directories by themselves: {@code mkdir} and {@code rmdir}. */
final class ExplicitDirectories implements Dictionaries {
    private final LittleFsStore store;
    private final TreeChanges changes;
    private final StoreLock lock;

    ExplicitDirectories(LittleFsStore store, TreeChanges changes, StoreLock lock) {
        this.store = store;
        this.changes = changes;
        this.lock = lock;
    }

    @Override
    public void create(Key key) throws StoreException {
        lock.change("create dictionary", () -> {
            TreeRules.checkCreate(store, key);
            if (store.kind(key.parent()).isEmpty()) {
                throw PeerError.NOENT.on(new NoSuchKeyException(key));
            }
            changes.checkNames(key);
            changes.makeDirectory(key);
        });
    }

    @Override
    public void removeEmpty(Key key) throws StoreException {
        lock.change("remove dictionary", () -> {
            if (key.isRoot()) {
                throw PeerError.INVAL.on(new InvalidRequestException("the root cannot be removed"));
            }
            Kind kind = store.kind(key).orElseThrow(() -> PeerError.NOENT.on(new NoSuchKeyException(key)));
            if (kind == Kind.VALUE) {
                throw PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
            }
            try (Stream<Entry> children = store.list(key)) {
                Optional<Entry> child = children.findFirst();
                if (child.isPresent()) {
                    throw PeerError.NOTEMPTY.on(new KeyExistsException(
                            child.get().key(), child.get().kind()));
                }
            }
            changes.remove(key);
        });
    }
}
