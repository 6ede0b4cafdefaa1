package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.tck.model.Refusal;
import dev.morgana.tck.model.TreeState;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** "Fails with X": the exception is X, its keys are right, and the store is as it was. */
final class Refused {
    private Refused() {}

    /** Expects a failure that names some keys, in the order of its constructor; none where it has no keys. */
    static StoreException refused(ReadableStore store, Failure failure, List<Key> keys, Executable call)
            throws StoreException {
        TreeState before = TreeState.of(store);
        StoreException exception = assertThrows(StoreException.class, call);
        assertAll(
                () -> assertEquals(new Refusal(failure, keys), Refusal.of(exception), exception::toString),
                () -> assertEquals(before, TreeState.of(store), "the store was changed by what it refused"));
        return exception;
    }

    /** Expects a failure that names one key. */
    static StoreException refused(ReadableStore store, Failure failure, Key key, Executable call)
            throws StoreException {
        return refused(store, failure, List.of(key), call);
    }

    /** Expects a failure that names no key. */
    static StoreException refused(ReadableStore store, Failure failure, Executable call) throws StoreException {
        return refused(store, failure, List.of(), call);
    }
}
