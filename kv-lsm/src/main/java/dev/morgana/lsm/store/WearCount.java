package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Headers;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Wear;
import java.util.Comparator;
import java.util.function.Consumer;

/** The only count that the format keeps: how many meta pages there have been. */
final class WearCount implements Wear {
    private final Pages pages;
    private final WriteTurn turn;

    WearCount(Pages pages, WriteTurn turn) {
        this.pages = pages;
        this.turn = turn;
    }

    @Override
    public void wear(Consumer<BlockWear> blocks) throws StoreException {
        turn.writing(() -> {
            Headers.read(pages).metaPages().stream()
                    .sorted(Comparator.comparingInt(Headers.MetaPage::page))
                    .forEach(meta -> blocks.accept(
                            new BlockWear(meta.page(), meta.header().generation(), "meta pages since formatting")));
            return true;
        });
    }
}
