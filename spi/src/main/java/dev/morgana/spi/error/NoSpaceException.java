package dev.morgana.spi.error;

import java.util.OptionalLong;

/** The store has no room for the request. What was there before is still there. */
public final class NoSpaceException extends StoreException {
    private final OptionalLong needed;
    private final OptionalLong free;

    /**
     * Creates the error where the amounts are not known.
     *
     * @param what what did not fit, as the subject of the message, such as {@code value of /a}
     */
    public NoSpaceException(String what) {
        this(what, OptionalLong.empty(), OptionalLong.empty());
    }

    /**
     * Creates the error.
     *
     * @param what what did not fit, as the subject of the message
     * @param needed bytes needed, where known
     * @param free bytes free, where known
     */
    public NoSpaceException(String what, OptionalLong needed, OptionalLong free) {
        super(Failure.NO_SPACE, message(what, needed, free), null);
        this.needed = needed;
        this.free = free;
    }

    private static String message(String what, OptionalLong needed, OptionalLong free) {
        return "no space for " + what
                + (needed.isPresent() ? ", needs " + needed.getAsLong() + " bytes" : "")
                + (free.isPresent() ? ", " + free.getAsLong() + " bytes are free" : "");
    }

    /**
     * How much the request needed.
     *
     * @return bytes, or empty where not known
     */
    public OptionalLong needed() {
        return needed;
    }

    /**
     * How much was free.
     *
     * @return bytes, or empty where not known
     */
    public OptionalLong free() {
        return free;
    }
}
