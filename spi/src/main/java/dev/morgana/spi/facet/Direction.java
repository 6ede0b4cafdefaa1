package dev.morgana.spi.facet;

/** The order of a scan. */
public enum Direction {
    /** From the least key to the greatest. */
    FORWARD,
    /** From the greatest key to the least. */
    REVERSE
}
