package dev.morgana.spi.store;

/** What {@link KeyValueStore#write} does with an offset beyond the end of the value. */
public enum BeyondEnd {
    /** The bytes go to the end of the value; there is no gap (the rule of mirage-kv). */
    APPEND,
    /** The gap is filled with zeros (the rule of POSIX). */
    ZERO_FILL,
    /** The request is refused. */
    REFUSE
}
