package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Mount;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.backend.ToolInspection;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.provider.Inspection;

/** The facets that look at the flash itself, healthy or not. None runs while somebody writes. */
public final class ImageTools {
    private ImageTools() {}

    /** The tools for a flash that may be too damaged to open, mounted anew for each use; the inspection owns their life. */
    public static Inspection inspection(Pages pages, Settings settings, StoreLife life) {
        TreeSource tree = () -> Mount.mount(pages, settings.seed(), settings.cacheBytes());
        return new ToolInspection(
                life,
                () -> Descriptions.of(tree.get(), settings),
                of(pages, settings, life, new WriteTurn(life), tree));
    }

    static Facets of(Pages pages, Settings settings, StoreLife life, WriteTurn turn, TreeSource tree) {
        Check check = new ImageCheck(pages, turn, tree);
        return Facets.of(
                check,
                new ImageRepair(check, pages, settings, turn, tree),
                new ImageDump(pages, turn, tree),
                new SpaceUsage(pages, turn, tree),
                new WearCount(pages, turn),
                new OlderStates(life, tree));
    }
}
