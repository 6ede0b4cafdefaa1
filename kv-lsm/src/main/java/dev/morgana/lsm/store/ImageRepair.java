package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Headers;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the flash a meta page that ends as it should, and erases those that count no more: they would come back if the newest
 * one were damaged. Damage of data is beyond repair, since nothing is stored twice.
 */
final class ImageRepair implements Repair {
    private final Check check;
    private final Pages pages;
    private final Settings settings;
    private final WriteTurn turn;
    private final TreeSource source;

    ImageRepair(Check check, Pages pages, Settings settings, WriteTurn turn, TreeSource source) {
        this.check = check;
        this.pages = pages;
        this.settings = settings;
        this.turn = turn;
        this.source = source;
    }

    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        turn.writing(() -> {
            if (settings.readOnly() && !dryRun) {
                throw new ReadOnlyStoreException("repair");
            }
            Tree tree = source.get();
            if (!tree.isMetaPageWhole()) {
                actions.accept(new Action(
                        pages.at(tree.metaPage(), 0, "meta page"),
                        "write its content to a new one",
                        "what is left of a commit that was cut"));
                if (!dryRun) {
                    tree.renewMetaPage();
                }
            }
            for (Headers.MetaPage meta : Headers.read(pages).metaPages()) {
                if (meta.page() != tree.metaPage() && meta.page() < tree.pages().count()) {
                    eraseStale(tree, meta, dryRun, actions);
                }
            }
            return true;
        });
        return Repair.remaining(check, dryRun);
    }

    private void eraseStale(Tree tree, Headers.MetaPage meta, boolean dryRun, Consumer<Action> actions)
            throws StoreException {
        actions.accept(new Action(
                pages.at(meta.page(), 0, "meta page"),
                "erase it",
                "the state of generation " + meta.header().generation() + ", which counts no more"));
        if (!dryRun) {
            tree.eraseStale(meta.page());
        }
    }
}
