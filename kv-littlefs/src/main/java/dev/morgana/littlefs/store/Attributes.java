package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.FilePath;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Located;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** User attributes (littlefs page, section 11.7). Those of the root directory belong to the superblock entry of its pair. */
final class Attributes implements UserAttributes {
    private static final int TYPE_MAX = 255;

    private final FileSystem fileSystem;
    private final StoreLock lock;

    Attributes(FileSystem fileSystem, StoreLock lock) {
        this.fileSystem = fileSystem;
        this.lock = lock;
    }

    @Override
    public SortedSet<Integer> types(Key key) throws StoreException {
        return lock.reading(() -> new TreeSet<>(attributes(key).keySet()));
    }

    @Override
    public Optional<byte[]> get(Key key, int type) throws StoreException {
        checkType(type);
        return lock.reading(() -> Optional.ofNullable(attributes(key).get(type)).map(byte[]::clone));
    }

    @Override
    public void set(Key key, int type, byte[] value) throws StoreException {
        checkType(type);
        lock.change("set attribute", () -> {
            entry(key);
            AttributeChange.checkLength(fileSystem.volume(), value);
            fileSystem.repair();
            AttributeChange.set(fileSystem, entry(key), type, value);
        });
    }

    @Override
    public boolean remove(Key key, int type) throws StoreException {
        checkType(type);
        return lock.writing("remove attribute", () -> {
            boolean there = attributes(key).containsKey(type);
            if (there) {
                fileSystem.repair();
                AttributeChange.remove(fileSystem, entry(key), type);
            }
            return there;
        });
    }

    private SortedMap<Integer, byte[]> attributes(Key key) throws StoreException {
        return entry(key).entry().attributes();
    }

    /** Where the attributes of a key are. */
    private Located entry(Key key) throws StoreException {
        Volume volume = fileSystem.volume();
        FilePath.Target target = FilePath.resolve(volume, key);
        if (target instanceof FilePath.ToFile file) {
            return file.entry();
        }
        if (target instanceof FilePath.ToNothing nothing) {
            throw LittleFsStore.missing(key, nothing);
        }
        Optional<Located> entry = ((FilePath.ToDirectory) target).entry();
        return entry.isPresent() ? entry.get() : volume.rootEntry();
    }

    private static void checkType(int type) {
        if (type < 0 || type > TYPE_MAX) {
            throw new IllegalArgumentException("attribute type " + type + " is not within 0 to " + TYPE_MAX);
        }
    }
}
