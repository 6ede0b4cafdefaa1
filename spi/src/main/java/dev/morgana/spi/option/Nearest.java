package dev.morgana.spi.option;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a user may have meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * A hint at the name that is nearest to a misspelt one.
     *
     * @param name what was written
     * @param names what is known
     * @return {@code ", did you mean X?"}, or an empty string if nothing is near
     */
    public static String hint(String name, Collection<String> names) {
        return names.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .map(candidate -> ", did you mean " + candidate + "?")
                .orElse("");
    }

    /** Levenshtein's distance, letters compared without case. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
