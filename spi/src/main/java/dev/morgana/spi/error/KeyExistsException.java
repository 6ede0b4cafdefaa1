package dev.morgana.spi.error;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;

/** The key is bound already, and the request must not replace what is there. */
public final class KeyExistsException extends StoreException {
    private final Key key;
    private final Kind found;

    /**
     * Creates the error.
     *
     * @param key the key that is bound
     * @param found to what
     */
    public KeyExistsException(Key key, Kind found) {
        super(
                Failure.KEY_EXISTS,
                "exists already, as a " + (found == Kind.VALUE ? "value: " : "dictionary: ") + key,
                null);
        this.key = key;
        this.found = found;
    }

    /**
     * The key that is bound.
     *
     * @return the key
     */
    public Key key() {
        return key;
    }

    /**
     * What it is bound to.
     *
     * @return the kind found
     */
    public Kind found() {
        return found;
    }
}
