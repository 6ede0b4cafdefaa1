package dev.morgana.spi.error;

import java.io.IOException;

/**
 * The stream that a caller gave as a new value failed while it was read. The store and its device are as they were: nothing was
 * changed.
 */
public final class CallerStreamException extends StoreException {
    /**
     * Creates the error.
     *
     * @param what what the stream was to become, such as {@code value of /etc/config}
     * @param cause what the stream threw
     */
    public CallerStreamException(String what, IOException cause) {
        super(
                Failure.CALLER_STREAM,
                what + ": reading the stream failed" + (cause.getMessage() == null ? "" : ": " + cause.getMessage()),
                cause);
    }
}
