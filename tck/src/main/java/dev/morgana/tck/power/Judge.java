package dev.morgana.tck.power;

/**
 * Judges what one power loss left. Each method fails, with any exception or {@link AssertionError}, if the store is not as it
 * should be.
 *
 * @param <S> the view of the store
 */
public interface Judge<S> {
    /**
     * The store was opened after the power loss: everything acknowledged is there, and what was under way is there, or not,
     * as the store promises. Called for every opening before {@link #proceed}, of which there may be a read-only one first.
     *
     * @param store the store
     * @throws Exception if it is not as it should be
     */
    void reopened(S store) throws Exception;

    /**
     * Continues writing from there to the end of the scenario.
     *
     * @param store the store
     * @throws Exception if that fails
     */
    default void proceed(S store) throws Exception {}

    /**
     * The store was closed and opened again after that.
     *
     * @param store the store
     * @throws Exception if it is not as {@link #proceed} left it
     */
    default void finished(S store) throws Exception {}
}
