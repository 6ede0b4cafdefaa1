package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of several sources in one order; of those with equal keys the one of the newest source. */
final class Merge implements RecordSource {
    private static final class Head {
        private final RecordSource source;
        private @Nullable LsmRecord record;

        Head(RecordSource source) throws StoreException {
            this.source = source;
            this.record = source.next();
        }

        void advance() throws StoreException {
            record = source.next();
        }
    }

    private final List<Head> heads = new ArrayList<>();
    private final Direction direction;

    /** Merges sources of one direction, the newest first. */
    Merge(List<? extends RecordSource> newestFirst, Direction direction) throws StoreException {
        this.direction = direction;
        for (RecordSource source : newestFirst) {
            heads.add(new Head(source));
        }
    }

    /** The record that {@link #next} will answer. */
    @Nullable
    LsmRecord peek() {
        LsmRecord best = null;
        for (Head head : heads) {
            LsmRecord record = head.record;
            if (record != null && (best == null || isBefore(record.key(), best.key()))) {
                best = record;
            }
        }
        return best;
    }

    private boolean isBefore(byte[] a, byte[] b) {
        int order = Arrays.compareUnsigned(a, b);
        return direction == Direction.FORWARD ? order < 0 : order > 0;
    }

    @Override
    public @Nullable LsmRecord next() throws StoreException {
        LsmRecord record = peek();
        if (record != null) {
            for (Head head : heads) {
                if (head.record != null && Arrays.equals(head.record.key(), record.key())) {
                    head.advance();
                }
            }
        }
        return record;
    }

    /** The record at which a source stands, or null if it is exhausted. */
    @Nullable
    LsmRecord head(int source) {
        return heads.get(source).record;
    }
}
