package dev.morgana.tck.model;

import org.jspecify.annotations.Nullable;

/**
 * What an operation comes to.
 *
 * @param refusal why it is refused, or null if it is not
 * @param answer what it answers, or null for nothing
 */
public record Outcome(@Nullable Refusal refusal, @Nullable Boolean answer) {
    /** Done, without an answer. */
    public static final Outcome DONE = new Outcome(null, null);

    /**
     * Done, with an answer.
     *
     * @param answer the answer
     * @return the outcome
     */
    public static Outcome answered(boolean answer) {
        return new Outcome(null, answer);
    }

    /**
     * Refused.
     *
     * @param refusal why
     * @return the outcome
     */
    public static Outcome refused(Refusal refusal) {
        return new Outcome(refusal, null);
    }
}
