package dev.morgana.tck.model;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes a tree: done to a store, and told to the model. Operations are data: they do the same each time, and
 * their string form tells all of it. {@link Operations} has those of the contract; a format adds its own.
 */
public interface Operation {
    /**
     * Does it.
     *
     * @param store the store
     * @return what the call answered, or null if it answers nothing
     * @throws StoreException if the store refuses
     */
    @Nullable
    Boolean run(KeyValueStore store) throws StoreException;

    /**
     * Tells the model. A model is not changed by what is refused.
     *
     * @param model the model, which this changes
     * @return what the store is to come to
     */
    Outcome apply(TreeModel model);

    /**
     * Tells whether a power loss leaves all of the change or nothing, as far as values go.
     *
     * @param before the model before the change
     * @param capabilities what the store promises
     * @return whether it is atomic
     */
    default boolean isAtomic(TreeModel before, Set<Capability> capabilities) {
        return true;
    }

    /**
     * The keys whose missing parents appear, which may happen before the change itself.
     *
     * @param before the model before the change
     * @return the keys, none if no parent appears
     */
    default List<Key> targets(TreeModel before) {
        return List.of();
    }

    /**
     * Where the change is that of moving keys: where from. A store that cannot move atomically may hold both for a while,
     * and never none.
     *
     * @param before the model before the change
     * @return the key, or empty if nothing moves
     */
    default Optional<Key> source(TreeModel before) {
        return Optional.empty();
    }

    /**
     * Operations that do less of the same, to be tried in the place of this one when a failing sequence is made smaller.
     *
     * @return such operations, the least first; possibly none
     */
    default List<Operation> simpler() {
        return List.of();
    }
}
