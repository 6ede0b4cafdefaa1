package dev.morgana.spi.error;

/** A name, value or attribute is larger than the format or the store's settings allow. */
public final class LimitExceededException extends StoreException {
    private final String limit;
    private final long allowed;
    private final long asked;

    /**
     * Creates the error.
     *
     * @param limit the name of the limit with its unit, such as {@code nameMax (bytes)}
     * @param allowed its value
     * @param asked the value asked for
     */
    public LimitExceededException(String limit, long allowed, long asked) {
        this(limit, allowed, asked, "");
    }

    /**
     * Creates the error.
     *
     * @param limit the name of the limit with its unit
     * @param allowed its value
     * @param asked the value asked for
     * @param what what exceeds it, such as a key; empty for nothing to add
     */
    public LimitExceededException(String limit, long allowed, long asked, String what) {
        super(Failure.LIMIT_EXCEEDED, message(limit, allowed, asked) + (what.isEmpty() ? "" : ": " + what), null);
        this.limit = limit;
        this.allowed = allowed;
        this.asked = asked;
    }

    /** Such as {@code 60 bytes exceed the limit of 59 (key)}; the unit moves to the number, where it is a plain one. */
    private static String message(String limit, long allowed, long asked) {
        for (String unit : new String[] {"bytes", "segments"}) {
            String end = " (" + unit + ")";
            if (limit.endsWith(end)) {
                String name = limit.substring(0, limit.length() - end.length());
                return asked + " " + unit + " exceed the limit of " + allowed + " (" + name + ")";
            }
        }
        return asked + " exceeds the limit of " + allowed + ": " + limit;
    }

    /**
     * The limit's name.
     *
     * @return name and unit
     */
    public String limit() {
        return limit;
    }

    /**
     * The largest value allowed.
     *
     * @return in the limit's unit
     */
    public long allowed() {
        return allowed;
    }

    /**
     * The value asked for.
     *
     * @return in the limit's unit
     */
    public long asked() {
        return asked;
    }
}
