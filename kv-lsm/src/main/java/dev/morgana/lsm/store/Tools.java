package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Mount;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.store.Facet;
import java.util.List;
import java.util.Optional;

/** The facets that look at the flash itself, healthy or not. None runs while somebody writes. */
final class Tools {
    private final List<Facet> facets;

    /** Gives the tree that the tools look at. */
    interface TreeSource {
        Tree get() throws StoreException;
    }

    /** Tools for a flash; the tree is there if the store is open, and is mounted anew for each use if it is not. */
    Tools(Pages pages, Settings settings, StoreLife life, Optional<Tree> open) {
        TreeSource tree = () -> open.isPresent() ? open.get() : mount(pages, settings);
        Check check = new ImageCheck(pages, life, tree);
        this.facets = List.of(
                check,
                new ImageRepair(check, pages, settings, life, tree),
                new ImageDump(pages, life, tree),
                new SpaceUsage(pages, life, tree),
                new MetaWear(pages, life),
                new Versions(life, tree));
    }

    private static Tree mount(Pages pages, Settings settings) throws StoreException {
        return Mount.mount(pages, settings.seed(), settings.cacheBytes());
    }

    /** The tool of a type. */
    <F extends Facet> Optional<F> facet(Class<F> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
