package dev.morgana.spi.error;

import dev.morgana.spi.key.Key;

/** A dictionary stands where the request needs a value. */
public final class ValueExpectedException extends StoreException {
    private final Key key;

    /**
     * Creates the error.
     *
     * @param key the key asked for, which is bound to a dictionary
     */
    public ValueExpectedException(Key key) {
        super(Failure.VALUE_EXPECTED, "is a dictionary, not a value: " + key, null);
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
