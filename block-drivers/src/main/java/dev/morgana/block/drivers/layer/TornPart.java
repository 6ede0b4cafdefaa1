package dev.morgana.block.drivers.layer;

/** The usual tears: how many bytes, from the start of the operation on, are done. */
public enum TornPart implements Tear {
    /** Nothing is done. */
    NONE,
    /** The first byte, even if the program size is larger. */
    FIRST_BYTE,
    /** The first program unit. */
    FIRST_UNIT,
    /** Half of the bytes, rounded down. */
    HALF,
    /** Half of the program units, rounded down. */
    HALF_UNITS,
    /** All but the last program unit. */
    ALL_BUT_LAST,
    /** All of it; only the answer is missing. */
    ALL;

    @Override
    public Span done(int length, int unit) {
        return new Span(0, bytes(length, unit));
    }

    private int bytes(int length, int unit) {
        return switch (this) {
            case NONE -> 0;
            case FIRST_BYTE -> 1;
            case FIRST_UNIT -> unit;
            case HALF -> length / 2;
            case HALF_UNITS -> length / unit / 2 * unit;
            case ALL_BUT_LAST -> length - unit;
            case ALL -> length;
        };
    }
}
