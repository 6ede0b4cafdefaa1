package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.time.Instant;
import java.util.Optional;

/** The times of files, which are an attribute by custom. Each is a commit of its own, after that of the file. */
final class Times implements Timestamps {
    private final LittleFsStore store;
    private final UserAttributes attributes;

    Times(LittleFsStore store, UserAttributes attributes) {
        this.store = store;
        this.attributes = attributes;
    }

    @Override
    public void allocate(Key key, long size, Instant lastModified) throws StoreException {
        store.allocate(key, size);
        setLastModified(key, lastModified);
    }

    /** One that is there already in seconds is not written again. */
    @Override
    public void setLastModified(Key key, Instant lastModified) throws StoreException {
        Kind kind = store.kind(key).orElseThrow(() -> new NoSuchKeyException(key));
        if (kind == Kind.DICTIONARY) {
            throw new ValueExpectedException(key);
        }
        Optional<Instant> there = store.lastModified(key);
        if (there.isEmpty() || there.get().getEpochSecond() != lastModified.getEpochSecond()) {
            attributes.set(key, StoredTime.ATTRIBUTE, StoredTime.encode(lastModified));
        }
    }
}
