package dev.morgana.littlefs.space;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file's blocks that versions of the file have in common, or one has for itself. A version is its last extent
 * and those before it. Guarded by {@link Extents}.
 */
public final class Extent {
    /** The first index. */
    long from;

    /** Behind the last index. */
    final long to;

    /** The device's block of index {@code to - 1}. */
    final long last;

    /** The blocks before {@code from}; null if that is 0. */
    @Nullable
    Extent before;

    /** How many versions end here, and how many extents follow. */
    int users = 1;

    /** Whether one of the users is the file's directory. */
    boolean published;

    Extent(long from, long to, long last, @Nullable Extent before) {
        assert from < to && (from == 0) == (before == null) : from + ", " + to;
        this.from = from;
        this.to = to;
        this.last = last;
        this.before = before;
    }

    /** The first index. */
    public long from() {
        return from;
    }

    /** The index past the last one. */
    public long to() {
        return to;
    }

    /** The device's block of the last index. */
    public long last() {
        return last;
    }

    /** Whether the file's directory has these blocks. */
    public boolean isPublished() {
        return published;
    }
}
