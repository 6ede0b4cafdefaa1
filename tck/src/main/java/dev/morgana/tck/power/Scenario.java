package dev.morgana.tck.power;

import dev.morgana.spi.store.Store;

/**
 * What a store does while the power may fail: some steps, one after the other, and who judges what a power loss left of
 * them. A scenario is run once for the record, and then judged for every image; its steps do the same each time.
 *
 * @param <S> the view of the store that the steps use
 */
public interface Scenario<S> {
    /**
     * A name for messages.
     *
     * @return one line
     */
    String name();

    /**
     * The view that the steps use.
     *
     * @param store a store just opened
     * @return such as the store itself, cast, or {@code Morgana.tree(store)}
     */
    S view(Store store);

    /**
     * Brings a fresh store to where the first step begins. The power does not fail meanwhile.
     *
     * @param store the store
     * @throws Exception if that fails
     */
    default void prepare(S store) throws Exception {}

    /**
     * How many steps there are.
     *
     * @return at least 1
     */
    int steps();

    /**
     * Does one step, and makes sure that it did what it should.
     *
     * @param step its number, from 0
     * @param store the store, as the steps before left it
     * @throws Exception if the step fails
     */
    void run(int step, S store) throws Exception;

    /**
     * Does one step while the device may fail: does it, and looks at nothing else. It may be done many times, on equal stores.
     *
     * @param step its number, from 0
     * @param store the store, as the steps before left it
     * @throws Exception if the step fails
     */
    default void attempt(int step, S store) throws Exception {
        run(step, store);
    }

    /**
     * Who judges one image.
     *
     * @param progress how far the scenario was
     * @return a judge for this image only
     */
    Judge<S> judge(Progress progress);
}
