package dev.morgana.block.drivers.file;

import java.util.BitSet;

/**
 * Which parts of a new file were not written since it was filled with one value: to erase them again would change nothing. Takes
 * a bit for each part. Not safe for use by several threads at once.
 */
final class BlankParts {
    private static final int PART = 4096;

    private final BitSet written = new BitSet();
    private final int value;

    private BlankParts(int value) {
        this.value = value;
    }

    /** A file that was filled with a value just now, and that nobody else writes. */
    static BlankParts filledWith(byte value) {
        return new BlankParts(value);
    }

    /** A file of which nothing is known. */
    static BlankParts none() {
        return new BlankParts(Integer.MIN_VALUE);
    }

    /** Whether a range has a value already, since nothing else was written there. */
    boolean hold(long position, long length, byte wanted) {
        if (value != wanted) {
            return false;
        }
        int first = written.nextSetBit(part(position));
        return first < 0 || (long) first * PART >= position + length;
    }

    /** Takes note of a range that is written. */
    void write(long position, long length) {
        if (value != Integer.MIN_VALUE && length > 0) {
            written.set(part(position), part(position + length - 1) + 1);
        }
    }

    private static int part(long position) {
        return Math.toIntExact(position / PART);
    }
}
