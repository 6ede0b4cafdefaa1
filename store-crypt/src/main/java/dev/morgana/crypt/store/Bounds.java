package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.HiddenKeys;
import dev.morgana.crypt.cells.WatchedStream;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.seal.Names;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Limits;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * What fits into the limits of the inner store once it is sealed.
 *
 * @param limits of names and values as the caller sees them
 */
record Bounds(Limits limits) {
    /** The bounds of a flat store; hidden names also take from values, with which some formats let them share a limit. */
    static Bounds flat(Limits inner, boolean hidden) {
        long overhead = hidden ? Names.OVERHEAD : 0;
        return new Bounds(new Limits(
                less(inner.segmentBytes(), overhead),
                less(inner.keyBytes(), overhead),
                largest(less(inner.valueBytes(), overhead))));
    }

    /** The bounds of a tree. */
    static Bounds tree(Limits inner, boolean hidden) {
        if (!hidden) {
            return new Bounds(new Limits(inner.segmentBytes(), inner.keyBytes(), largest(inner.valueBytes())));
        }
        OptionalLong segment = inner.segmentBytes().isPresent()
                ? OptionalLong.of(HiddenKeys.longest(inner.segmentBytes().getAsLong()))
                : OptionalLong.empty();
        return new Bounds(new Limits(segment, hiddenKeyBytes(inner.keyBytes()), largest(inner.valueBytes())));
    }

    /** Keys of that length fit however many segments they have; most do with segments of one byte, which take the most room. */
    private static OptionalLong hiddenKeyBytes(OptionalLong inner) {
        if (inner.isEmpty()) {
            return inner;
        }
        long segments = (inner.getAsLong() + 1) / (HiddenKeys.length(1) + 1);
        return OptionalLong.of(2 * segments - 1);
    }

    private static OptionalLong less(OptionalLong limit, long bytes) {
        return limit.isPresent() ? OptionalLong.of(limit.getAsLong() - bytes) : limit;
    }

    private static OptionalLong largest(OptionalLong sealed) {
        return sealed.isPresent() ? OptionalLong.of(Segments.largestWithin(sealed.getAsLong())) : sealed;
    }

    /** Refuses a raw key that is too long. */
    void checkName(byte[] name) throws LimitExceededException {
        check("keys (bytes)", limits.keyBytes(), name.length);
    }

    /** Refuses a key that is too long, or has a segment that is. */
    void checkKey(Key key) throws LimitExceededException {
        for (int i = 0; i < key.depth(); i++) {
            check("segments (bytes)", limits.segmentBytes(), key.segment(i).length);
        }
        check("keys (bytes)", limits.keyBytes(), key.toBytes().length);
    }

    /** Refuses a value that is too large. */
    void checkValue(long size) throws LimitExceededException {
        check("values (bytes)", limits.valueBytes(), size);
    }

    private static void check(String what, OptionalLong limit, long size) throws LimitExceededException {
        if (limit.isPresent() && size > limit.getAsLong()) {
            throw new LimitExceededException(what, limit.getAsLong(), size);
        }
    }

    /** A stream that refuses to become too large a value. */
    InputStream checked(InputStream value) {
        long[] size = new long[1];
        return new WatchedStream(value, count -> {
            size[0] += Math.max(0, count);
            checkValue(size[0]);
        });
    }
}
