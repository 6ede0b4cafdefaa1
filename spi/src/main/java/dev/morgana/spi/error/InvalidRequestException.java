package dev.morgana.spi.error;

/** A request that the format refuses in this situation, such as writing to a handle that is open for reading. */
public final class InvalidRequestException extends RequestException {
    /**
     * Creates the error.
     *
     * @param message what was asked, why it is refused, and what would be right
     */
    public InvalidRequestException(String message) {
        super(Failure.INVALID_REQUEST, message, null);
    }
}
