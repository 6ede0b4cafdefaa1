package dev.morgana.spi.facet;

import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;

/** The flat store behind a tree that was made by {@link dev.morgana.spi.adapter.FlatTree}, for keys that are no path. */
public interface RawKeys extends Facet {
    /**
     * The flat store.
     *
     * @return the store; closing it closes the tree too
     */
    FlatStore flat();
}
