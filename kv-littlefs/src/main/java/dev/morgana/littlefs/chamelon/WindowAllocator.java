package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.littlefs.space.UsedBlocks;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Free blocks in the order in which chamelon takes them: from one window of the device after the other, where what is free is
 * found out once for each window. Other than chamelon's, the windows end with the device, all of them are tried before there
 * is said to be no space, and every block of a value counts as used (C1, N4).
 */
public final class WindowAllocator implements FreeBlocks {
    private static final int LEAST_WINDOW = 16;
    private static final int MOST_SHARED = 256;
    private static final int WINDOWS = 4;

    /** Chamelon goes on to the next window when there are fewer, since a pair takes two. */
    private static final int PAIR = 2;

    private final FileSystem fileSystem;
    private final Deque<Long> window = new ArrayDeque<>();
    private long start;

    /** Taken by the present operation, and not part of the tree yet. */
    private final Set<Long> taken = new HashSet<>();

    public WindowAllocator(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    @Override
    public List<Long> take(long count) throws StoreException {
        List<Long> blocks = new ArrayList<>();
        long missing = count;
        while (missing > window.size()) {
            missing -= window.size();
            blocks.addAll(0, window);
            taken.addAll(window);
            window.clear();
            if (!refill()) {
                window.addAll(blocks);
                taken.removeAll(blocks);
                throw PeerError.NOSPC.on(new NoSpaceException(count + " blocks; " + blocks.size() + " are free"));
            }
        }
        if (missing == window.size()) {
            blocks.addAll(0, window);
            window.clear();
        } else {
            for (long i = 0; i < missing; i++) {
                blocks.add(0, window.remove());
            }
        }
        taken.addAll(blocks);
        return blocks;
    }

    /** Looks at window after window until there is something to take; false if there is nothing in any. */
    private boolean refill() throws StoreException {
        long count = fileSystem.volume().blocks().count();
        long size = Math.max(LEAST_WINDOW, Math.min(MOST_SHARED, count) / WINDOWS);
        UsedBlocks found =
                UsedBlocks.of(fileSystem.volume(), fileSystem.extents().all());
        BlockSet used = found.used();
        taken.forEach(used::add);
        for (long seen = 0; seen < count + size && window.size() < PAIR; seen += size) {
            start = start + size >= count ? 0 : start + size;
            long end = Math.min(count, start + size);
            for (long block = used.nextAbsent(start); block < end; block = used.nextAbsent(block + 1)) {
                window.add(block);
                used.add(block);
            }
        }
        return !window.isEmpty();
    }

    @Override
    public void settle() {
        taken.clear();
    }

    @Override
    public void forget() {
        window.clear();
    }
}
