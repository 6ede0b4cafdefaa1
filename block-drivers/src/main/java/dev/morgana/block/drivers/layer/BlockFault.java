package dev.morgana.block.drivers.layer;

/** What is wrong with a bad block. */
public enum BlockFault {
    /** Programs fail with {@link dev.morgana.spi.error.BadBlockException}, and nothing is done. */
    PROGRAM_ERROR,
    /** Erases fail with {@link dev.morgana.spi.error.BadBlockException}, and nothing is done. */
    ERASE_ERROR,
    /** Reads fail with {@link dev.morgana.spi.error.BadBlockException}. */
    READ_ERROR,
    /** Programs do nothing, and report success. */
    PROGRAM_NOOP,
    /** Erases do nothing, and report success. */
    ERASE_NOOP,
    /** Reads answer with the lowest bit of every byte flipped. */
    READ_WRONG
}
