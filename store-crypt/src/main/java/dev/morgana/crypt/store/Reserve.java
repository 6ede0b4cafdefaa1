package dev.morgana.crypt.store;

import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;

/**
 * A value that says nothing and takes as much room as the sums of the version index. On a full store it is given up so that the
 * sums can be written, and a value removed. While it is missing, nothing is put.
 */
final class Reserve {
    private static final int LENGTH = 160;

    private final Cells cells;

    Reserve(Cells cells) {
        this.cells = cells;
    }

    /** Makes it, if it is missing. */
    void keep() throws StoreException {
        if (cells.size(OwnNames.reserve()).isEmpty()) {
            cells.put(OwnNames.reserve(), new byte[LENGTH]);
        }
    }

    /** Makes it again, if there is room now; else before the next put. */
    void keepIfThereIsRoom() throws StoreException {
        try {
            keep();
        } catch (NoSpaceException e) {
            // What was removed has made no room yet.
        }
    }

    /** Gives it up; returns whether there was one. */
    boolean giveUp() throws StoreException {
        return cells.remove(OwnNames.reserve());
    }
}
