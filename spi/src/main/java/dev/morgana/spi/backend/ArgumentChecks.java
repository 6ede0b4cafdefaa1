package dev.morgana.spi.backend;

import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.key.Key;

/** The checks of arguments that every store makes before it looks at anything, in one wording. */
public final class ArgumentChecks {
    private ArgumentChecks() {}

    /**
     * Refuses a negative offset.
     *
     * @param offset in bytes
     * @throws IllegalArgumentException if it is negative
     */
    public static void requireOffset(long offset) {
        requireNotNegative("offset", offset);
    }

    /**
     * Refuses a negative size.
     *
     * @param size in bytes
     * @throws IllegalArgumentException if it is negative
     */
    public static void requireSize(long size) {
        requireNotNegative("size", size);
    }

    /**
     * Refuses a negative argument.
     *
     * @param name of the argument
     * @param value of the argument
     * @throws IllegalArgumentException if it is negative
     */
    public static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is negative");
        }
    }

    /**
     * Refuses to remove the root, which is there as long as the store is.
     *
     * @param key the key to be removed
     * @throws InvalidRequestException if it is the root
     */
    public static void requireRemovable(Key key) throws InvalidRequestException {
        if (key.isRoot()) {
            throw new InvalidRequestException("the root cannot be removed; clear() empties the store");
        }
    }
}
