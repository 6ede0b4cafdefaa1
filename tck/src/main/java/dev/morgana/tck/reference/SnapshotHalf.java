package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What one half of a device holds.
 *
 * @param index 0 or 1
 * @param header the header, or null if there is none that can be read
 * @param damage why the snapshot does not count, or null if it does
 * @param blank whether nothing was written there since it was erased
 */
record SnapshotHalf(
        int index,
        @Nullable SnapshotHeader header,
        @Nullable CorruptStoreException damage,
        boolean blank) {
    /** The generation of a snapshot that counts, else 0. */
    long generation() {
        return header == null || damage != null ? 0 : header.generation();
    }

    /** The header of a snapshot that counts. */
    SnapshotHeader validHeader() {
        if (header == null || damage != null) {
            throw new IllegalStateException("half " + index + " holds no valid snapshot");
        }
        return header;
    }

    boolean isValid() {
        return generation() > 0;
    }

    /** The one that counts of two halves: the newer of those that are valid. */
    static SnapshotHalf newest(SnapshotHalf first, SnapshotHalf second) {
        return second.generation() > first.generation() ? second : first;
    }
}
