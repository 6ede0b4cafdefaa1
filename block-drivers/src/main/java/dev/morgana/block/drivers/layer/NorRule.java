package dev.morgana.block.drivers.layer;

/** When flash takes a program. */
public enum NorRule {
    /** Each unit once between two erases, as parts with an error-correcting code do. */
    ONCE,
    /** Any number of times, as long as no bit moves back to the erased state, as plain NOR parts do. */
    BITS
}
