package dev.morgana.spi.error;

import dev.morgana.spi.key.Key;

/** Nothing is bound to the key that was asked for. */
public final class NoSuchKeyException extends StoreException {
    private final Key key;

    /**
     * Creates the error.
     *
     * @param key the key asked for, not just the ancestor that is missing
     */
    public NoSuchKeyException(Key key) {
        super(Failure.NO_SUCH_KEY, "no such key: " + key, null);
        this.key = key;
    }

    /**
     * The key asked for.
     *
     * @return the key
     */
    public Key key() {
        return key;
    }
}
