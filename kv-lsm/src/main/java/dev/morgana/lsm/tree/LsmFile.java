package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.SkipList;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A file (section 7): sorted records over a chain of pages. It never changes; what is done to a file makes another one, which
 * shares what stays.
 */
public final class LsmFile {
    private final int[] pages;
    private final long[] starts;
    private final int[] boundaries;
    private final long first;
    private final Tail tail;

    /**
     * How a file ends.
     *
     * @param end the position behind its last record
     * @param offset the offset in its last page behind the last chunk
     * @param appendable whether all from there on is erased
     * @param skipList the skip list of the last page
     */
    record Tail(long end, int offset, boolean appendable, SkipList skipList) {}

    LsmFile(int[] pages, long[] starts, int[] boundaries, long first, Tail tail) {
        assert pages.length > 0 && pages.length == starts.length && pages.length == boundaries.length;
        assert first < tail.end : first + " " + tail;
        this.pages = pages;
        this.starts = starts;
        this.boundaries = boundaries;
        this.first = first;
        this.tail = tail;
    }

    /** How many pages it has. */
    public int pageCount() {
        return pages.length;
    }

    /** The number of a page, counted from the beginning of the file. */
    public int page(int index) {
        return pages[index];
    }

    /** The number of the last page. */
    public int lastPage() {
        return pages[pages.length - 1];
    }

    /** The position of the first byte of a page's payload. */
    public long start(int index) {
        return starts[index];
    }

    /** The position at which a page's payload ends. */
    long end(int index) {
        return index + 1 < starts.length ? starts[index + 1] : tail.end;
    }

    /** The position of the first record. */
    public long first() {
        return first;
    }

    /** The position behind the last record. */
    public long end() {
        return tail.end;
    }

    /** The bytes of all records. */
    public long bytes() {
        return tail.end - first;
    }

    Tail tail() {
        return tail;
    }

    /** The index of the page that holds a position. */
    int indexOf(long position) {
        assert position >= first && position < tail.end : position;
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    /** A position in a page at which a record starts, or -1 if none is known. The first page always has one. */
    long recordStart(int index) {
        if (index == 0) {
            return first;
        }
        int boundary = boundaries[index];
        // one beyond the payload is damage; without it the search only takes longer
        return boundary != PageHeader.Data.NO_BOUNDARY && starts[index] + boundary < end(index)
                ? starts[index] + boundary
                : -1;
    }

    int boundary(int index) {
        return boundaries[index];
    }

    /** The pages that end at or before a position. */
    BitSet pagesBefore(long position) {
        BitSet before = new BitSet();
        for (int i = 0; i < pages.length && end(i) <= position; i++) {
            before.set(pages[i]);
        }
        return before;
    }

    /** This file with its beginning consumed, up to a record. */
    LsmFile truncated(long position) {
        int from = indexOf(position);
        return new LsmFile(
                Arrays.copyOfRange(pages, from, pages.length),
                Arrays.copyOfRange(starts, from, pages.length),
                Arrays.copyOfRange(boundaries, from, pages.length),
                position,
                tail);
    }

    /** This file with another end in its last page. */
    LsmFile withTail(Tail changed) {
        return new LsmFile(pages, starts, boundaries, first, changed);
    }

    /** The first pages of this file and others behind them. */
    LsmFile extended(int kept, int[] morePages, long[] moreStarts, int[] moreBoundaries, Tail newTail) {
        return new LsmFile(
                joined(pages, kept, morePages),
                joined(starts, kept, moreStarts),
                joined(boundaries, kept, moreBoundaries),
                first,
                newTail);
    }

    private static int[] joined(int[] head, int kept, int[] more) {
        int[] both = Arrays.copyOf(head, kept + more.length);
        System.arraycopy(more, 0, both, kept, more.length);
        return both;
    }

    private static long[] joined(long[] head, int kept, long[] more) {
        long[] both = Arrays.copyOf(head, kept + more.length);
        System.arraycopy(more, 0, both, kept, more.length);
        return both;
    }
}
