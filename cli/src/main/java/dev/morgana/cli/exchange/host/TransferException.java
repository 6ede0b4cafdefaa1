package dev.morgana.cli.exchange.host;

import java.io.IOException;

/** What comes in or goes out does not fit where it is going. The message says what, why, and what to do. */
public final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public TransferException(String message) {
        super(message);
    }
}
