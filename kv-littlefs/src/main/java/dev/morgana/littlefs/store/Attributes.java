package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FilePath;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.ReadOnlyStoreException;
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

    private final Volume volume;
    private final StoreLock lock;

    Attributes(Volume volume, StoreLock lock) {
        this.volume = volume;
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
        throw refused("set attribute");
    }

    @Override
    public boolean remove(Key key, int type) throws StoreException {
        checkType(type);
        throw refused("remove attribute");
    }

    private ReadOnlyStoreException refused(String operation) {
        lock.requireOpen();
        return new ReadOnlyStoreException(operation);
    }

    private SortedMap<Integer, byte[]> attributes(Key key) throws StoreException {
        FilePath.Target target = FilePath.resolve(volume, key);
        if (target instanceof FilePath.ToFile file) {
            return file.entry().entry().attributes();
        }
        if (target instanceof FilePath.ToNothing nothing) {
            throw LittleFsStore.missing(key, nothing);
        }
        FilePath.ToDirectory directory = (FilePath.ToDirectory) target;
        return directory.entry().isPresent()
                ? directory.entry().get().entry().attributes()
                : volume.rootEntry().attributes();
    }

    private static void checkType(int type) {
        if (type < 0 || type > TYPE_MAX) {
            throw new IllegalArgumentException("attribute type " + type + " is not within 0 to " + TYPE_MAX);
        }
    }
}
