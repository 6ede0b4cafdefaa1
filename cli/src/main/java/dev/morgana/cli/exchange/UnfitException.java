package dev.morgana.cli.exchange;

import java.io.IOException;

/** What comes in or goes out does not fit where it is going. The message says what, why, and what to do. */
public final class UnfitException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public UnfitException(String message) {
        super(message);
    }
}
