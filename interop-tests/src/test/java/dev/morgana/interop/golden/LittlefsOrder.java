package dev.morgana.interop.golden;

import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.Comparator;

/** The order of names in a littlefs directory (littlefs page, section 8.1), written here a second time, apart from the backend. */
final class LittlefsOrder implements Comparator<Key> {
    @Override
    public int compare(Key a, Key b) {
        byte[] x = a.nameBytes();
        byte[] y = b.nameBytes();
        int common = Math.min(x.length, y.length);
        int order = Arrays.compareUnsigned(x, 0, common, y, 0, common);
        return order != 0 ? order : Integer.compare(y.length, x.length);
    }
}
