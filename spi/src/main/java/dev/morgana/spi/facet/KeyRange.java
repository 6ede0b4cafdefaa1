package dev.morgana.spi.facet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of raw keys in the order of unsigned bytes, a prefix first.
 *
 * @param from the lower bound, or null for none
 * @param fromInclusive whether the lower bound itself belongs to the range
 * @param to the upper bound, or null for none
 * @param toInclusive whether the upper bound itself belongs to the range
 */
public record KeyRange(byte @Nullable [] from, boolean fromInclusive, byte @Nullable [] to, boolean toInclusive) {
    /**
     * Every key.
     *
     * @return the range without bounds
     */
    public static KeyRange all() {
        return new KeyRange(null, true, null, false);
    }

    /**
     * The keys that begin with some bytes.
     *
     * @param prefix the bytes; with none, every key
     * @return the range
     */
    public static KeyRange prefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return new KeyRange(prefix.clone(), true, null, false);
        }
        byte[] successor = Arrays.copyOf(prefix, last + 1);
        successor[last]++;
        return new KeyRange(prefix.clone(), true, successor, false);
    }

    /**
     * Tells whether a key belongs to the range.
     *
     * @param key the raw key
     * @return whether it is within both bounds
     */
    public boolean contains(byte[] key) {
        int fromOrder = from == null ? 1 : Arrays.compareUnsigned(key, from);
        int toOrder = to == null ? -1 : Arrays.compareUnsigned(key, to);
        return (fromOrder > 0 || (fromOrder == 0 && fromInclusive)) && (toOrder < 0 || (toOrder == 0 && toInclusive));
    }
}
