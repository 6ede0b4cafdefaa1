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
 */
public record Details(Optional<Instant> modified, SortedMap<Integer, byte[]> attributes) {
    /** Nothing. */
    public static final Details NONE = new Details(Optional.empty(), Collections.emptySortedMap());

    public Details {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A time alone. */
    public static Details of(Instant modified) {
        return new Details(Optional.of(modified), Collections.emptySortedMap());
    }
}
