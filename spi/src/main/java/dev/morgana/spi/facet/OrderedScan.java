package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.Optional;

/** Reading raw keys in the order of unsigned bytes, a prefix first. */
public interface OrderedScan extends Facet {
    /**
     * Opens a cursor over a snapshot: changes made after the call do not show in it.
     *
     * @param range which keys
     * @param direction in which order
     * @return the cursor; close it
     * @throws StoreException if the medium is damaged or fails
     */
    Cursor scan(KeyRange range, Direction direction) throws StoreException;

    /**
     * The first key of a range, as of the call. A store that keeps its keys in order finds it without looking at others; the
     * default opens a cursor.
     *
     * @param range which keys
     * @return the key, or empty if the range has none
     * @throws StoreException if the medium is damaged or fails
     */
    default Optional<byte[]> first(KeyRange range) throws StoreException {
        try (Cursor cursor = scan(range, Direction.FORWARD)) {
            return cursor.next() ? Optional.of(cursor.key()) : Optional.empty();
        }
    }
}
