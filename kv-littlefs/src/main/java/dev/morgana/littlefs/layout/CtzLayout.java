package dev.morgana.littlefs.layout;

/**
 * Where the bytes of a file are that has blocks of its own: block i begins with pointers to earlier blocks, data follows.
 * Indices count from 0 in the order of the file, positions are bytes from its beginning.
 */
public interface CtzLayout {
    /** The bytes of one pointer. */
    int POINTER_BYTES = Integer.BYTES;

    /** The size of a block in bytes. */
    int blockSize();

    /** How many pointers a block begins with. */
    int pointers(long index);

    /** How many pointers all blocks before this one have together. */
    long pointersBefore(long index);

    /** Which block holds a position. */
    long indexOf(long position);

    /** Which pointer of a block leads furthest without passing a target before it. */
    int pointerTowards(long from, long target);

    /** How far back a pointer leads, in blocks. */
    default long distance(int pointer) {
        return 1L << pointer;
    }

    /** The bytes of pointers that a block begins with. */
    default int pointerBytes(long index) {
        return POINTER_BYTES * pointers(index);
    }

    /** The position of the first byte of data in a block. */
    default long startOf(long index) {
        return index * blockSize() - POINTER_BYTES * pointersBefore(index);
    }

    /** Where a position is in its block, counted from the start of the block. */
    default int offsetOf(long position) {
        long index = indexOf(position);
        return (int) (position - startOf(index)) + pointerBytes(index);
    }

    /** How many blocks a file of this size has. */
    default long blocks(long size) {
        return size == 0 ? 0 : indexOf(size - 1) + 1;
    }
}
