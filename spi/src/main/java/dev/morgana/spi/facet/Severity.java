package dev.morgana.spi.facet;

/** How bad a {@link Finding} is. */
public enum Severity {
    /** Worth knowing, and as it should be: such as a torn commit that the format ignores by design. */
    INFO,
    /** Not as it should be, and nothing is lost: such as a half-done operation that the next writable open completes. */
    WARNING,
    /** Data is damaged, unreachable or contradictory. */
    ERROR
}
