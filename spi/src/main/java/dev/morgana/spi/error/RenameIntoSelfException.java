package dev.morgana.spi.error;

import dev.morgana.spi.key.Key;

/** A dictionary was to be moved to itself or below itself. */
public final class RenameIntoSelfException extends StoreException {
    private final Key source;
    private final Key target;

    /**
     * Creates the error.
     *
     * @param source the dictionary
     * @param target the same key or one below it
     */
    public RenameIntoSelfException(Key source, Key target) {
        super(Failure.RENAME_INTO_SELF, "cannot move dictionary " + source + " into itself: " + target, null);
        this.source = source;
        this.target = target;
    }

    /**
     * The dictionary that was to be moved.
     *
     * @return the key
     */
    public Key source() {
        return source;
    }

    /**
     * Where to.
     *
     * @return the key
     */
    public Key target() {
        return target;
    }
}
