package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.time.Instant;
import java.util.Optional;

/** The times of files, which are an attribute by custom. */
final class Times implements Timestamps {
    private final LittleFsStore store;
    private final Stamp stamp;

    /** Gives a value that is there a time, durably. */
    interface Stamp {
        void set(Key key, Instant time) throws StoreException;
    }

    private Times(LittleFsStore store, Stamp stamp) {
        this.store = store;
        this.stamp = stamp;
    }

    /** Times in seconds, by a commit of their own after that of the file; what is there already is not written again. */
    static Times inSeconds(LittleFsStore store, UserAttributes attributes) {
        return new Times(store, (key, time) -> {
            Optional<Instant> there = store.lastModified(key);
            if (there.isEmpty() || there.get().getEpochSecond() != time.getEpochSecond()) {
                attributes.set(key, StoredTime.ATTRIBUTE, StoredTime.encode(time));
            }
        });
    }

    /** Times as chamelon stores them. */
    static Times exact(LittleFsStore store, FileSystem fileSystem, ChamelonChanges changes, FileSystemAccess access) {
        return new Times(store, (key, time) -> {
            byte[] stored = StoredTime.encodeExactly(time);
            access.change("set time", () -> changes.setTime(new KeyLookup(fileSystem, key), stored));
        });
    }

    @Override
    public void allocate(Key key, long size, Instant lastModified) throws StoreException {
        store.allocate(key, size);
        setLastModified(key, lastModified);
    }

    @Override
    public void setLastModified(Key key, Instant lastModified) throws StoreException {
        Kind kind = store.kind(key).orElseThrow(() -> new NoSuchKeyException(key));
        if (kind == Kind.DICTIONARY) {
            throw new ValueExpectedException(key);
        }
        stamp.set(key, lastModified);
    }
}
