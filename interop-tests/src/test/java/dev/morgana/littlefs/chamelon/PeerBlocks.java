package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.littlefs.space.UsedBlocks;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Chamelon's own allocator: windows that may reach past the end of the device, and that survive a failed operation. */
public final class PeerBlocks implements FreeBlocks {
    private static final int PAIR = 2;

    private final FileSystem fileSystem;
    private final List<Long> window = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();
    private long start;

    public PeerBlocks(FileSystem fileSystem) throws StoreException {
        this.fileSystem = fileSystem;
        refill(List.of());
    }

    private long count() {
        return fileSystem.volume().blocks().count();
    }

    @Override
    public List<Long> take(long wanted) throws StoreException {
        List<Long> blocks = new ArrayList<>();
        int missing = (int) wanted;
        while (window.size() < missing) {
            missing -= window.size();
            blocks.addAll(0, window);
            if (!refill(blocks)) {
                throw new NoSpaceException("no window has free blocks");
            }
        }
        if (window.size() == missing) {
            blocks.addAll(0, window);
            window.clear();
        } else {
            for (int i = 0; i < missing; i++) {
                blocks.add(0, window.remove(0));
            }
        }
        taken.addAll(blocks);
        if (blocks.stream().anyMatch(block -> block >= count())) {
            throw new NoSpaceException("a write past the end of the device");
        }
        return blocks;
    }

    private boolean refill(List<Long> except) throws StoreException {
        BlockSet used = UsedBlocks.of(fileSystem.volume(), List.of()).used();
        except.forEach(used::add);
        taken.forEach(used::add);
        return lookAhead(used);
    }

    private boolean lookAhead(BlockSet used) {
        long size = Math.max(16, Math.min(256, count()) / 4);
        long next = start + size >= count() ? 0 : start + size;
        List<Long> found = new ArrayList<>();
        for (long block = next; block < next + size; block++) {
            if (!used.contains(block)) {
                found.add(block);
            }
        }
        if (found.size() < PAIR && count() - used.size() > PAIR) {
            start = next;
            found.forEach(used::add);
            boolean more = lookAhead(used);
            window.addAll(0, more ? found : List.of());
            return more;
        }
        if (found.size() < PAIR) {
            return false;
        }
        start = next;
        window.clear();
        window.addAll(found);
        return true;
    }

    @Override
    public void settle() {
        taken.clear();
    }

    @Override
    public void forget() {
        taken.clear();
    }
}
