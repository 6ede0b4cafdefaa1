package dev.morgana.cli.verb;

import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.store.Store;

/** The older states that a medium still holds. */
public final class OlderStates {
    private OlderStates() {}

    /**
     * The history of a store.
     *
     * @param address of the store
     * @throws UsageException if its format leaves none
     */
    public static History of(Store store, StoreAddress address) throws UsageException {
        return Verb.facet(store, address, History.class, "leaves no older states");
    }
}
