package dev.morgana.littlefs.store;

import java.util.Arrays;

/**
 * A name of a path.
 *
 * @param start where it begins in the path
 * @param end where it ends, exclusively
 */
record PathName(int start, int end) {
    byte[] of(byte[] path) {
        return Arrays.copyOfRange(path, start, end);
    }

    /** Whether nothing but slashes follow. */
    boolean isLastOf(byte[] path) {
        int behind = end;
        while (behind < path.length && path[behind] == '/') {
            behind++;
        }
        return behind == path.length;
    }
}
