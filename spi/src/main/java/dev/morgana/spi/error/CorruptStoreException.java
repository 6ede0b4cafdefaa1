package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/** A structure on the medium is not what the format demands. */
public final class CorruptStoreException extends StoreException {
    private final Position position;
    private final String expected;
    private final String found;

    /**
     * Creates the error.
     *
     * @param position where the structure is
     * @param expected what the format demands there
     * @param found what is there
     */
    public CorruptStoreException(Position position, String expected, String found) {
        this(position, expected, found, null);
    }

    /**
     * Creates the error.
     *
     * @param position where the structure is
     * @param expected what the format demands there
     * @param found what is there
     * @param cause the device's own error, or null
     */
    public CorruptStoreException(Position position, String expected, String found, @Nullable Throwable cause) {
        super(Failure.CORRUPT_STORE, position + ": expected " + expected + ", found " + found, cause);
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    /**
     * Where the structure is.
     *
     * @return the position
     */
    public Position position() {
        return position;
    }

    /**
     * What the format demands there.
     *
     * @return a phrase
     */
    public String expected() {
        return expected;
    }

    /**
     * What is there.
     *
     * @return a phrase
     */
    public String found() {
        return found;
    }
}
