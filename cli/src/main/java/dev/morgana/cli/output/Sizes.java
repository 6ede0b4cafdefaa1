package dev.morgana.cli.output;

import java.util.Locale;

/** Sizes for people. */
public final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Sizes() {}

    /** Such as {@code 17 B}, {@code 4 KiB} or {@code 1.5 MiB}: exact where it is a whole number of the unit. */
    public static String of(long bytes) {
        int unit = 0;
        long whole = bytes;
        while (unit + 1 < UNITS.length && whole >= 1024) {
            whole /= 1024;
            unit++;
        }
        long unitBytes = 1L << (10 * unit);
        return bytes % unitBytes == 0
                ? bytes / unitBytes + " " + UNITS[unit]
                : String.format(Locale.ROOT, "%.1f %s", (double) bytes / unitBytes, UNITS[unit]);
    }
}
