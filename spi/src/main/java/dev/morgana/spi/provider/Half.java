package dev.morgana.spi.provider;

/** The halves of a format that a provider may have built. */
public enum Half {
    /** Opening, reading, checking and dumping. */
    READ,
    /** Formatting and changing. */
    WRITE
}
