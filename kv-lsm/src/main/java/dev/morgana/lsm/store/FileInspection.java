package dev.morgana.lsm.store;

import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/** The tools for files in a database that can be opened. Where it cannot, the database's own tools are what is left. */
public final class FileInspection implements Inspection {
    private static final List<Class<? extends Facet>> TOOLS =
            List.of(Check.class, Repair.class, Dump.class, Usage.class, Wear.class);

    private final FileTree tree;

    /** An inspection that owns the tree. */
    public FileInspection(FileTree tree) {
        this.tree = tree;
    }

    @Override
    public Optional<StoreInfo> info() {
        return Optional.of(tree.info());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return TOOLS.contains(type) ? tree.facet(type) : Optional.empty();
    }

    @Override
    public void close() {
        tree.close();
    }
}
