package dev.morgana.tck.model;

import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.KeyValueStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Doing operations to a store and to the model, and holding one's outcome against the other's. */
final class Trial {
    private final TreeModel model;
    private final Room room;

    /** Begins with a model of what the store holds. */
    Trial(TreeModel model, Room room) {
        this.model = model;
        this.room = room;
    }

    TreeModel model() {
        return model;
    }

    /**
     * Does one operation. A store that has no space, where it may be full, leaves model and store as they were.
     *
     * @throws AssertionError if the outcome is not what the model says
     */
    void run(Operation operation, KeyValueStore store) {
        TreeModel before = model.copy();
        Outcome expected = operation.apply(model);
        Refusal refusal = expected.refusal();
        try {
            Boolean answer = operation.run(store);
            if (refusal != null || !Objects.equals(answer, expected.answer())) {
                throw new AssertionError(operation + " succeeded, answering " + answer + "; expected " + expected);
            }
        } catch (NoSpaceException e) {
            if (refusal != null || (room.fits(before.state()) && room.fits(model.state()))) {
                throw unexpected(operation, e, expected);
            }
            model.become(before);
        } catch (StoreException e) {
            if (refusal == null || !refusal.matches(e)) {
                throw unexpected(operation, e, expected);
            }
        }
    }

    private static AssertionError unexpected(Operation operation, StoreException e, @Nullable Outcome expected) {
        return new AssertionError(
                operation + " failed with " + Refusal.of(e) + "; expected " + expected + ": " + e.getMessage(), e);
    }

    /** Reads the whole store and compares it with the model. */
    void compare(KeyValueStore store, String when) throws StoreException {
        TreeState found = TreeState.of(store);
        TreeState expected = model.state();
        if (!found.equals(expected)) {
            throw new AssertionError(
                    "store differs from the model " + when + ": expected " + expected + ", found " + found);
        }
    }
}
