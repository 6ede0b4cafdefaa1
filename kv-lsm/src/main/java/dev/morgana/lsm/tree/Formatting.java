package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import java.util.List;

/** Makes empty stores (section 13). */
public final class Formatting {
    private static final long FIRST_GENERATION = 1;

    private Formatting() {}

    /**
     * Makes an empty store. Whatever was a meta page is erased, the newest last, so that a power loss never brings an older
     * state back. Data pages stay as they are.
     */
    public static void format(Pages pages, long seed) throws StoreException {
        Headers headers = Headers.read(pages);
        List<Headers.MetaPage> newestFirst = headers.metaPages();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            if (i == 0) {
                pages.sync();
            }
            pages.erase(newestFirst.get(i).page());
        }
        if (!newestFirst.isEmpty()) {
            pages.sync();
        }
        int page = new Allocator(pages, seed).allocate();
        MetaLog.write(pages, page, FIRST_GENERATION);
    }
}
