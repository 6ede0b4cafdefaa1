package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** User attributes (littlefs page, section 11.7). Those of the root directory belong to the superblock entry of its pair. */
final class Attributes implements UserAttributes {
    private final FileSystem fileSystem;
    private final FileSystemAccess access;
    private final Operations operations;

    Attributes(FileSystem fileSystem, FileSystemAccess access) {
        this.fileSystem = fileSystem;
        this.access = access;
        this.operations = new Operations(fileSystem);
    }

    @Override
    public SortedSet<Integer> types(Key key) throws StoreException {
        return access.life().reading(() -> new TreeSet<>(attributes(key).keySet()));
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
            operations.setAttribute(at.path(), type, value);
        });
    }

    @Override
    public boolean remove(Key key, int type) throws StoreException {
        AttributeChange.checkType(type);
        return access.writing("remove attribute", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            at.existing();
            return operations.removeAttribute(at.path(), type);
        });
    }

    private SortedMap<Integer, byte[]> attributes(Key key) throws StoreException {
        return new KeyLookup(fileSystem, key).existing().attributed().entry().attributes();
    }
}
