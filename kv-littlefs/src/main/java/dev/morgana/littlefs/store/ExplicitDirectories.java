package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.TreeRules;

/** Directories by themselves: {@code mkdir} and {@code rmdir}. */
final class ExplicitDirectories implements Dictionaries {
    private final FileSystem fileSystem;
    private final TreeChanges changes;
    private final StoreLock lock;
    private final Operations operations;

    ExplicitDirectories(FileSystem fileSystem, TreeChanges changes, StoreLock lock) {
        this.fileSystem = fileSystem;
        this.operations = new Operations(fileSystem);
        this.changes = changes;
        this.lock = lock;
    }

    @Override
    public void create(Key key) throws StoreException {
        lock.change("create dictionary", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            TreeRules.checkCreate(at);
            if (!at.walk().lacksLastName()) {
                throw PeerError.NOENT.on(new NoSuchKeyException(key));
            }
            changes.checkNames(key);
            operations.createDirectory(at.path());
        });
    }

    @Override
    public void removeEmpty(Key key) throws StoreException {
        lock.change("remove dictionary", () -> {
            if (key.isRoot()) {
                throw PeerError.INVAL.on(new InvalidRequestException("the root cannot be removed"));
            }
            KeyLookup at = new KeyLookup(fileSystem, key);
            if (at.kind().isEmpty()) {
                throw PeerError.NOENT.on(new NoSuchKeyException(key));
            }
            EmptyDirectories.require(key, at.directory());
            operations.remove(at.path());
        });
    }
}
