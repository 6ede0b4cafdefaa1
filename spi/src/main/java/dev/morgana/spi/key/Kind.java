package dev.morgana.spi.key;

/** What a key of a store is bound to. */
public enum Kind {
    /** A sequence of bytes, possibly empty. */
    VALUE,
    /** A set of named children, possibly empty. */
    DICTIONARY
}
