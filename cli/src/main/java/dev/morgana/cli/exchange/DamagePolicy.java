package dev.morgana.cli.exchange;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What becomes of an entry that cannot be read because the image is damaged there. */
@FunctionalInterface
public interface DamagePolicy {
    /** It ends the work. */
    DamagePolicy FAIL = (key, damage) -> {
        throw damage;
    };

    /** Takes note of an entry, or ends the work with the damage. */
    void found(Key key, StoreException damage) throws StoreException;

    /** Work on one entry. */
    @FunctionalInterface
    interface Reading {
        /** Does it. */
        void read() throws IOException;
    }

    /** Does the work on an entry. Damage alone is taken note of; every other error ends it. */
    default void guard(Key key, Reading reading) throws IOException {
        try {
            reading.read();
        } catch (StoreException e) {
            found(key, damage(e));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof StoreException cause) {
                found(key, damage(cause));
            } else {
                throw e;
            }
        }
    }

    private static StoreException damage(StoreException error) throws StoreException {
        if (error.failure() != Failure.CORRUPT_STORE && error.failure() != Failure.BAD_BLOCK) {
            throw error;
        }
        return error;
    }
}
