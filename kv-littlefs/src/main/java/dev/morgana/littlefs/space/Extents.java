package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks the versions of open files have, and which of them they share. A version that nobody refers to any more gives
 * its blocks to the {@link Allocator}; as long as a handle has it, they stay (section 12.8). Files that are not open are not
 * kept here: the one version in their directory has all their blocks. Safe for use by many threads.
 */
public final class Extents {
    private final CtzLayout layout;
    private final RetiredBlocks retired;

    /** By their last block. */
    private final Map<Long, Extent> known = new HashMap<>();

    Extents(CtzLayout layout, RetiredBlocks retired) {
        this.layout = layout;
        this.retired = retired;
    }

    /** The blocks of the version that a directory has, and one more user of it. */
    public synchronized Extent open(CtzHead file) {
        assert file.size() > 0;
        Extent found = known.get(file.head());
        if (found == null) {
            found = add(new Extent(0, layout.blocks(file.size()), file.head(), null));
            found.published = true;
        }
        found.users++;
        return found;
    }

    /**
     * The first blocks of a version, and one more user of them.
     *
     * @param count how many, at least one and at most all
     * @param last the block of index {@code count - 1}
     */
    public synchronized Extent prefix(Extent of, long count, long last) {
        Extent extent = of;
        while (extent.from >= count) {
            extent = Objects.requireNonNull(extent.before);
        }
        if (extent.to > count) {
            Extent lower = add(new Extent(extent.from, count, last, extent.before));
            extent.from = count;
            extent.before = lower;
            extent = lower;
        }
        extent.users++;
        return extent;
    }

    /** Blocks that were written behind others, whose user they become. They have one user themselves. */
    public synchronized Extent extend(@Nullable Extent before, long from, long to, long last) {
        Extent extent = add(new Extent(from, to, last, before));
        join(extent);
        return extent;
    }

    /** One user less. */
    public synchronized void release(@Nullable Extent extent) {
        Extent current = extent;
        while (current != null && --current.users == 0) {
            known.remove(current.last);
            retired.add(current.last, current.from, current.to);
            current = current.before;
        }
        forgetClosed();
    }

    /** The version that a directory had is not there any more. */
    public synchronized void giveUp(CtzHead file) {
        Extent found = known.get(file.head());
        if (found == null) {
            retired.add(file.head(), 0, layout.blocks(file.size()));
        } else {
            found.published = false;
            release(found);
        }
    }

    /** A directory has this version now. Comes behind {@link #giveUp} of the one that it had. */
    public synchronized void publish(Extent extent) {
        assert !extent.published;
        extent.published = true;
        extent.users++;
    }

    /** Everything that is in use by open files or their directories, for a new map of the blocks. */
    public synchronized List<Extent> all() {
        return new ArrayList<>(known.values());
    }

    private Extent add(Extent extent) {
        known.put(extent.last, extent);
        return extent;
    }

    /** Forgets versions that only a directory has. */
    private void forgetClosed() {
        for (Extent extent : List.copyOf(known.values())) {
            join(extent);
            if (extent.before == null && extent.users == 1 && extent.published) {
                known.remove(extent.last);
            }
        }
    }

    /** Takes in the extents before that nobody else uses. */
    private void join(Extent extent) {
        Extent before = extent.before;
        while (before != null && before.users == 1) {
            known.remove(before.last);
            extent.from = before.from;
            extent.before = before.before;
            before = extent.before;
        }
    }
}
