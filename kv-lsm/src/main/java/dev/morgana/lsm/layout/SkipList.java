package dev.morgana.lsm.layout;

import java.util.Arrays;

/**
 * The skip list of a data page (section 8): entry 0 is the page before, entry i the last earlier page with a position that is
 * a multiple of 2^(shift+i).
 *
 * @param entries page numbers, or {@link #NONE}
 */
public record SkipList(int[] entries) {
    /** No page. */
    public static final int NONE = 0xffff;

    /** The list of the first page of a file. */
    public static SkipList first(Shape shape) {
        int[] entries = new int[shape.skipLength()];
        Arrays.fill(entries, NONE);
        return new SkipList(entries);
    }

    /**
     * The list of the page that follows the page of this list.
     *
     * @param page the page of this list
     * @param start the position at which it begins
     * @param next the position at which the following one begins
     */
    public SkipList after(Shape shape, int page, long start, long next) {
        int[] list = entries.clone();
        Arrays.fill(list, 0, top(shape, start, next) + 1, page);
        return new SkipList(list);
    }

    /** The page before. */
    public int previous() {
        return entries[0];
    }

    /** The highest entry that a page from {@code start} to {@code next} is entered at. */
    static int top(Shape shape, long start, long next) {
        return Math.min(shape.skipLength() - 1, Math.max(0, trailingZeros(start, next) - shape.skipShift()));
    }

    /** The largest number of trailing zero bits among the integers from a to b, b excluded. */
    static int trailingZeros(long a, long b) {
        assert a < b : a + " " + b;
        return a == 0 ? Integer.SIZE : Integer.SIZE - 1 - Integer.numberOfLeadingZeros((int) ((a - 1) ^ (b - 1)));
    }
}
