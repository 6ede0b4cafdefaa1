package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.store.Facet;
import java.util.List;
import java.util.Optional;

/** The facets that look at the flash itself, healthy or not. */
final class Tools {
    private final List<Facet> facets;

    /** Tools for a flash; the tree is there if the store is open. */
    Tools(Pages pages, Settings settings, StoreLife life, Optional<Tree> tree) {
        this.facets = List.of();
    }

    /** The tool of a type. */
    <F extends Facet> Optional<F> facet(Class<F> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
