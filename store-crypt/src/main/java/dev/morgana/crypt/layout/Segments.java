package dev.morgana.crypt.layout;

import java.util.OptionalLong;

/**
 * How the bytes of a value are divided. All segments are full but the last, which is empty for an empty value alone.
 */
public final class Segments {
    /** Bytes of a full segment, without its tag. */
    public static final int LENGTH = 4096;

    /** Bytes of a tag. */
    public static final int TAG = 16;

    /** Bytes of a full segment with its tag. */
    public static final int SEALED = LENGTH + TAG;

    private Segments() {}

    /** How many segments a value of a size has. */
    public static long count(long size) {
        return Math.max(1, (size + LENGTH - 1) / LENGTH);
    }

    /** The size of the sealed value, at most {@link Long#MAX_VALUE}. */
    public static long sealedSize(long size) {
        long tags = TAG * count(size) + ValueHeader.LENGTH;
        return size > Long.MAX_VALUE - tags ? Long.MAX_VALUE : size + tags;
    }

    /** The size of the value in a sealed one; empty if no sealed value has that size. */
    public static OptionalLong size(long sealedSize) {
        long body = sealedSize - ValueHeader.LENGTH;
        if (body < TAG) {
            return OptionalLong.empty();
        }
        long count = (body + SEALED - 1) / SEALED;
        long size = body - count * TAG;
        return count(size) == count && size >= 0 ? OptionalLong.of(size) : OptionalLong.empty();
    }

    /** The size of the largest value whose sealed form has at most some bytes; 0 if there is none. */
    public static long largestWithin(long sealedSize) {
        long body = sealedSize - ValueHeader.LENGTH;
        long count = (body + SEALED - 1) / SEALED;
        return Math.max(Math.max(0, body - count * TAG), (count - 1) * LENGTH);
    }

    /** Where a segment begins in the sealed value. */
    public static long position(long number) {
        return ValueHeader.LENGTH + number * SEALED;
    }

    /** How many bytes of a value of a size a segment has, without its tag. */
    public static int length(long number, long size) {
        return (int) Math.min(LENGTH, size - number * LENGTH);
    }
}
