package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreePath;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Lookup;
import java.util.Optional;

/** Where a key leads, now and after each change, with the errors of a tree of keys. For one thread, under the lock. */
final class KeyLookup implements Lookup {
    private final Key key;
    private final TreePath path;

    KeyLookup(FileSystem fileSystem, Key key) {
        this.key = key;
        this.path = TreePath.of(fileSystem, key);
    }

    @Override
    public Key key() {
        return key;
    }

    TreePath path() {
        return path;
    }

    Walk walk() throws StoreException {
        return path.walk();
    }

    @Override
    public Optional<Kind> kind() throws StoreException {
        Walk walk = walk();
        if (!walk.isComplete()) {
            return Optional.empty();
        }
        return Optional.of(walk.endsAtFile() ? Kind.VALUE : Kind.DICTIONARY);
    }

    @Override
    public Ancestor nearestAncestor() throws StoreException {
        Walk walk = walk();
        if (walk.isComplete()) {
            return new Ancestor(key.isRoot() ? key : key.parent(), Kind.DICTIONARY);
        }
        return new Ancestor(key.ancestor(walk.depth()), walk.endsAtFile() ? Kind.VALUE : Kind.DICTIONARY);
    }

    @Override
    public KeyLookup child(byte[] segment) {
        return new KeyLookup(path.fileSystem(), key.child(segment));
    }

    /** Refuses to remove the root. */
    void requireRemovable() throws InvalidRequestException {
        try {
            ArgumentChecks.requireRemovable(key);
        } catch (InvalidRequestException e) {
            throw PeerError.INVAL.on(e);
        }
    }

    /** What is there; the C implementation tells a missing name from a file on the way. */
    Walk existing() throws StoreException {
        Walk walk = walk();
        if (!walk.isComplete()) {
            throw (walk.endsAtFile() ? PeerError.NOTDIR : PeerError.NOENT).on(new NoSuchKeyException(key));
        }
        return walk;
    }

    /** The file that is there. */
    DirectoryEntry file() throws StoreException {
        Walk walk = existing();
        if (walk.endsAtFile()) {
            return walk.found().orElseThrow();
        }
        throw PeerError.ISDIR.on(new ValueExpectedException(key));
    }

    /** The directory that is there. */
    Directory directory() throws StoreException {
        Walk walk = existing();
        if (walk.endsAtFile()) {
            throw PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
        }
        return walk.directory();
    }
}
