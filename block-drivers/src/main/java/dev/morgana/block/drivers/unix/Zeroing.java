package dev.morgana.block.drivers.unix;

/** How a medium gets zeros. */
enum Zeroing {
    /** The device discards, and promises zeros for what is discarded. */
    DISCARD,
    /** The device fills by itself. */
    FILL,
    /** Zeros are written like any other bytes. */
    WRITE
}
