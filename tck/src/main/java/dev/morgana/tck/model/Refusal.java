package dev.morgana.tck.model;

import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.RenameIntoSelfException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import java.util.List;

/**
 * Why an operation is refused, and the keys that the exception names.
 *
 * @param failure the cause
 * @param keys in the order of the exception's constructor; empty for exceptions without keys, and where any key is right
 */
public record Refusal(Failure failure, List<Key> keys) {
    public Refusal {
        keys = List.copyOf(keys);
    }

    /**
     * A refusal with its keys.
     *
     * @param failure the cause
     * @param keys the keys
     * @return the refusal
     */
    public static Refusal of(Failure failure, Key... keys) {
        return new Refusal(failure, List.of(keys));
    }

    /**
     * What an exception says.
     *
     * @param exception the exception
     * @return its cause and its keys
     */
    public static Refusal of(StoreException exception) {
        return new Refusal(exception.failure(), keysOf(exception));
    }

    private static List<Key> keysOf(StoreException exception) {
        if (exception instanceof NoSuchKeyException e) {
            return List.of(e.key());
        } else if (exception instanceof ValueExpectedException e) {
            return List.of(e.key());
        } else if (exception instanceof DictionaryExpectedException e) {
            return List.of(e.key(), e.value());
        } else if (exception instanceof KeyExistsException e) {
            return List.of(e.key());
        } else if (exception instanceof RenameIntoSelfException e) {
            return List.of(e.source(), e.target());
        }
        return List.of();
    }

    /**
     * Tells whether an exception is what this refusal expects.
     *
     * @param exception the exception
     * @return whether cause and keys agree
     */
    public boolean matches(StoreException exception) {
        Refusal found = of(exception);
        return found.failure == failure && (keys.isEmpty() || keys.equals(found.keys));
    }
}
