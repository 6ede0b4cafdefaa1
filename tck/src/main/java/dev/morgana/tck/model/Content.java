package dev.morgana.tck.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a value, told in two numbers, so that a failing sequence of operations can be printed and typed in again.
 *
 * @param size in bytes
 * @param seed which bytes
 */
public record Content(int size, int seed) {
    public Content {
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " is negative");
        }
    }

    /**
     * The bytes.
     *
     * @return a new array; bytes of every value occur where there are enough, and no period fits a block
     */
    public byte[] bytes() {
        byte[] bytes = new byte[size];
        long state = seed * 0x9e3779b97f4a7c15L + 1;
        for (int i = 0; i < size; i++) {
            state = state * 0x5851f42d4c957f2dL + 0x14057b7ef767814fL;
            bytes[i] = (byte) (state >>> 56);
        }
        return bytes;
    }

    /** Shorter contents, the shortest first. */
    List<Content> shorter() {
        return IntStream.of(0, 1, size / 2, size - 1)
                .filter(length -> length >= 0 && length < size)
                .distinct()
                .mapToObj(length -> new Content(length, seed))
                .toList();
    }

    /** For people. */
    @Override
    public String toString() {
        return "content(" + size + ", " + seed + ")";
    }
}
