package dev.morgana.tck.readerror;

import java.util.Arrays;
import java.util.List;

/** Contents of media. */
final class Contents {
    private Contents() {}

    static boolean equal(List<byte[]> one, List<byte[]> other) {
        for (int device = 0; device < one.size(); device++) {
            if (!Arrays.equals(one.get(device), other.get(device))) {
                return false;
            }
        }
        return one.size() == other.size();
    }

    /** A copy in which one bit of a byte of one device is another. */
    static List<byte[]> damaged(List<byte[]> images, int device, int offset) {
        List<byte[]> copies = images.stream().map(byte[]::clone).toList();
        copies.get(device)[offset] ^= 4;
        return copies;
    }

    /** Some of many, evenly spread. */
    static <T> List<T> some(List<T> all, int most) {
        int stride = Math.max(1, (all.size() + most - 1) / most);
        return java.util.stream.IntStream.iterate(0, i -> i < all.size(), i -> i + stride)
                .mapToObj(all::get)
                .toList();
    }
}
