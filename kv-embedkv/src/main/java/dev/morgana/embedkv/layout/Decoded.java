package dev.morgana.embedkv.layout;

import java.util.Optional;

/**
 * What decoding came to.
 *
 * @param <T> the structure
 */
public sealed interface Decoded<T> {
    /**
     * Bytes that are the structure.
     *
     * @param value the structure
     */
    record Right<T>(T value) implements Decoded<T> {}

    /**
     * Bytes that are not.
     *
     * @param defect the first thing that is wrong, in the order in which the reference implementations look
     */
    record Wrong<T>(Defect defect) implements Decoded<T> {}

    /** The structure, if it is right. */
    default Optional<T> asOptional() {
        return this instanceof Right<T> right ? Optional.of(right.value()) : Optional.empty();
    }
}
