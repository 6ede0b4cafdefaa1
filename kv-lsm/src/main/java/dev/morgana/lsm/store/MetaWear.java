package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Headers;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Wear;
import java.util.Comparator;
import java.util.function.Consumer;

/** The only count that the format keeps: how many meta pages there have been. */
final class MetaWear implements Wear {
    private final Pages pages;
    private final StoreLife life;

    MetaWear(Pages pages, StoreLife life) {
        this.pages = pages;
        this.life = life;
    }

    @Override
    public void wear(Consumer<BlockWear> blocks) throws StoreException {
        life.writing(() -> {
            Headers.read(pages).metaPages().stream()
                    .sorted(Comparator.comparingInt(Headers.MetaPage::page))
                    .forEach(meta -> blocks.accept(
                            new BlockWear(meta.page(), meta.header().generation(), "meta pages since formatting")));
            return true;
        });
    }
}
