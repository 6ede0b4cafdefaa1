package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/**
 * Stretches of files that nobody needs any more. Which blocks they have is read from their pointers, and only when blocks are
 * needed: most are never looked at. Safe for use by many threads.
 */
final class RetiredBlocks {
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private long count;

    /** The blocks of a file from one index to before another. */
    private record Stretch(long last, long from, long to) {}

    synchronized void add(long last, long from, long to) {
        stretches.add(new Stretch(last, from, to));
        count += to - from;
    }

    /** How many blocks there are. */
    synchronized long count() {
        return count;
    }

    synchronized void clear() {
        stretches.clear();
        count = 0;
    }

    /**
     * Takes the oldest stretch out and names its blocks. Those behind a damaged pointer are left out: they stay in use until
     * the next mount.
     *
     * @return whether there was one
     * @throws StoreException if the device fails
     */
    synchronized boolean reclaim(Blocks blocks, CtzLayout layout, LongConsumer free) throws StoreException {
        Stretch stretch = stretches.poll();
        if (stretch == null) {
            return false;
        }
        count -= stretch.to() - stretch.from();
        try {
            FileBlocks walk = new FileBlocks(blocks, layout, stretch.to() - 1, stretch.last());
            while (walk.index() > stretch.from() && walk.previous()) {
                free.accept(walk.block());
            }
        } catch (CorruptStoreException e) {
            return true;
        }
        return true;
    }
}
