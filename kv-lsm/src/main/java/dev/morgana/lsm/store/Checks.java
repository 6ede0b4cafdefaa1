package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.PeerError;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.key.Key;

/** What is refused before anything is changed. */
final class Checks {
    private final Settings settings;

    Checks(Settings settings) {
        this.settings = settings;
    }

    void requireWritable(String operation) throws ReadOnlyStoreException {
        if (settings.readOnly()) {
            throw new ReadOnlyStoreException(operation);
        }
    }

    void requireKey(byte[] key) throws LimitExceededException {
        int most = settings.shape().maxKeySize();
        if (key.length > most) {
            throw PeerError.KEY_TOO_BIG.on(
                    new LimitExceededException("maxKeySize (bytes)", most, key.length, Key.escape(key)));
        }
    }

    void requireValue(byte[] key, long length) throws LimitExceededException {
        int most = settings.shape().maxValueSize();
        if (length > most) {
            throw PeerError.VALUE_TOO_BIG.on(
                    new LimitExceededException("maxValueSize (bytes)", most, length, "value of " + Key.escape(key)));
        }
    }
}
