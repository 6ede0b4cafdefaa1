package dev.morgana.spi.error;

/** The key or the password is not that of the encrypted store. Nothing was read with it, and nothing was written. */
public final class WrongKeyException extends RequestException {
    /**
     * Creates the error.
     *
     * @param store what was to be opened, for people
     */
    public WrongKeyException(String store) {
        super(Failure.WRONG_KEY, "wrong key: " + store + " was encrypted under another key or password", null);
    }
}
