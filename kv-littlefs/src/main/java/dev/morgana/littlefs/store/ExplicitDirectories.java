package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.TreeRules;

/** Directories by themselves: {@code mkdir} and {@code rmdir}. */
final class ExplicitDirectories implements Dictionaries {
    private final FileSystem fileSystem;
    private final Changes changes;
    private final FileSystemAccess access;

    ExplicitDirectories(FileSystem fileSystem, Changes changes, FileSystemAccess access) {
        this.fileSystem = fileSystem;
        this.changes = changes;
        this.access = access;
    }

    @Override
    public void create(Key key) throws StoreException {
        access.change("create dictionary", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            TreeRules.checkCreate(at);
            if (!at.walk().lacksLastName()) {
                throw PeerError.NOENT.on(new NoSuchKeyException(key));
            }
            changes.createDirectory(at);
        });
    }

    @Override
    public void removeEmpty(Key key) throws StoreException {
        access.change("remove dictionary", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            at.requireRemovable();
            if (at.kind().isEmpty()) {
                throw PeerError.NOENT.on(new NoSuchKeyException(key));
            }
            EmptyDirectories.require(key, at.directory());
            changes.remove(at);
        });
    }
}
