package dev.morgana.spi.error;

import dev.morgana.spi.key.Key;

/** A value stands where the request needs a dictionary: at the key itself, or at one of its ancestors. */
public final class DictionaryExpectedException extends StoreException {
    private final Key key;
    private final Key value;

    /**
     * Creates the error.
     *
     * @param key the key asked for
     * @param value the key that is bound to a value: {@code key} itself or an ancestor
     */
    public DictionaryExpectedException(Key key, Key value) {
        super(
                Failure.DICTIONARY_EXPECTED,
                key.equals(value) ? "is a value, not a dictionary: " + key : value + " is a value, so it has no " + key,
                null);
        this.key = key;
        this.value = value;
    }

    /**
     * The key asked for.
     *
     * @return the key
     */
    public Key key() {
        return key;
    }

    /**
     * The key that is bound to a value.
     *
     * @return {@link #key()} itself or an ancestor of it
     */
    public Key value() {
        return value;
    }
}
