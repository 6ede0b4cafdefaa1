package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.LsmFile;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import java.util.List;

/** Where the pages go. */
final class SpaceUsage implements Usage {
    private final Pages pages;
    private final WriteTurn turn;
    private final TreeSource tree;

    SpaceUsage(Pages pages, WriteTurn turn, TreeSource tree) {
        this.pages = pages;
        this.turn = turn;
        this.tree = tree;
    }

    @Override
    public List<Share> usage() throws StoreException {
        return turn.writing(() -> {
            var mounted = tree.get();
            try (Snapshot snapshot = mounted.snapshot()) {
                List<LsmFile> files = snapshot.table().newestFirst();
                int data = files.stream().mapToInt(LsmFile::pageCount).sum();
                int count = mounted.pages().count();
                int free = mounted.freePages();
                return List.of(
                        share("meta log", 1, 1),
                        share("files", data, files.size()),
                        share("kept for readers", count - 1 - data - free, 0),
                        share("free", free, free));
            }
        });
    }

    private Share share(String kind, int count, long items) {
        return new Share(kind, count, (long) count * pages.shape().pageSize(), items);
    }
}
