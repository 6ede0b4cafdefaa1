package dev.morgana.spi.facet;

import dev.morgana.spi.error.Position;

/**
 * One defect, or one thing worth knowing, that a {@link Check} found.
 *
 * @param severity how bad it is
 * @param rule a short stable name of the rule that is broken, in kebab-case, such as {@code orphaned-pair}
 * @param position where, and in which structure
 * @param expected what the format demands
 * @param found what is there
 * @param subject the key or entry concerned, for people; empty where there is none
 * @param repairable whether a writable open or {@link Repair} clears it
 */
public record Finding(
        Severity severity,
        String rule,
        Position position,
        String expected,
        String found,
        String subject,
        boolean repairable) {
    /** One line for people. */
    @Override
    public String toString() {
        return severity + " " + rule + ": " + position + ": expected " + expected + ", found " + found
                + (subject.isEmpty() ? "" : " [" + subject + "]")
                + (repairable ? " (repairable)" : "");
    }
}
