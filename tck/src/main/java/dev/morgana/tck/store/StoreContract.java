package dev.morgana.tck.store;

import org.junit.jupiter.api.TestInstance;

/**
 * A part of the contract of stores, as tests. Subclasses supply the store; they may add tests of their own with
 * {@link StoreTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
    /** For subclasses. */
    protected StoreContract() {}

    /**
     * The store to be tested.
     *
     * @return a fixture, the same or an equal one each time
     */
    protected abstract StoreFixture fixture();
}
