package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The live records of a range, in order. For one thread at a time. */
public final class Scan {
    private final Merge merge;
    private final KeyRange range;
    private final Direction direction;

    Scan(Merge merge, KeyRange range, Direction direction) {
        this.merge = merge;
        this.range = range;
        this.direction = direction;
    }

    /** The next record, or null at the end; and again null after it. */
    public @Nullable LsmRecord next() throws StoreException {
        for (LsmRecord record = merge.peek(); record != null && !isBehind(record.key()); record = merge.peek()) {
            merge.next();
            if (!record.isTombstone() && range.contains(record.key())) {
                return record;
            }
        }
        return null;
    }

    /** Tells whether a key is past the end of the range, in the direction of the scan. */
    private boolean isBehind(byte[] key) {
        byte[] bound = direction == Direction.FORWARD ? range.to() : range.from();
        if (bound == null) {
            return false;
        }
        int order = Arrays.compareUnsigned(key, bound);
        return direction == Direction.FORWARD ? order > 0 : order < 0;
    }
}
