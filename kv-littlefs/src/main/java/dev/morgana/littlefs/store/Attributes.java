package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** User attributes (littlefs page, section 11.7). Those of the root directory belong to the superblock entry of its pair. */
final class Attributes implements UserAttributes {
    private final FileSystem fileSystem;
    private final FileSystemAccess access;
    private final Changes changes;

    /** The types that are there by themselves, and not listed. */
    private final Set<Integer> own;

    Attributes(FileSystem fileSystem, Changes changes, FileSystemAccess access, Set<Integer> own) {
        this.own = own;
        this.fileSystem = fileSystem;
        this.access = access;
        this.changes = changes;
    }

    @Override
    public SortedSet<Integer> types(Key key) throws StoreException {
        return access.life().reading(() -> {
            SortedSet<Integer> types = new TreeSet<>(attributes(key).keySet());
            types.removeAll(own);
            return types;
        });
    }

    @Override
    public Optional<byte[]> get(Key key, int type) throws StoreException {
        AttributeChange.checkType(type);
        return access.life()
                .reading(() -> Optional.ofNullable(attributes(key).get(type)).map(byte[]::clone));
    }

    @Override
    public void set(Key key, int type, byte[] value) throws StoreException {
        AttributeChange.checkType(type);
        access.change("set attribute", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            at.existing();
            AttributeChange.checkLength(fileSystem.volume(), value);
            changes.setAttribute(at, type, value);
        });
    }

    @Override
    public boolean remove(Key key, int type) throws StoreException {
        AttributeChange.checkType(type);
        return access.writing("remove attribute", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            at.existing();
            return changes.removeAttribute(at, type);
        });
    }

    private SortedMap<Integer, byte[]> attributes(Key key) throws StoreException {
        return new KeyLookup(fileSystem, key).existing().attributed().entry().attributes();
    }
}
