package dev.morgana.cli.exchange;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of an entry beside its bytes.
 *
 * @param modified when it was last changed
 * @param attributes user attributes by type
 * @param origin where it comes from, such as a file, or a line in one; empty where it needs no name
 */
public record Details(Optional<Instant> modified, SortedMap<Integer, byte[]> attributes, String origin) {
    /** Nothing. */
    public static final Details NONE = new Details(Optional.empty(), Collections.emptySortedMap(), "");

    public Details {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A time and an origin. */
    public static Details of(Instant modified, String origin) {
        return new Details(Optional.of(modified), Collections.emptySortedMap(), origin);
    }

    /** An origin alone. */
    public static Details of(String origin) {
        return new Details(Optional.empty(), Collections.emptySortedMap(), origin);
    }
}
