package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.cells.Work;
import dev.morgana.spi.adapter.Splice;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;

/**
 * A value that says nothing and takes as much room as the layer's own values do. On a full store it is given up, so that the key
 * can be changed and, where there is a version index, a value removed. While it is missing, nothing is put. For one thread at a
 * time.
 */
public final class Reserve {
    private static final int LENGTH = 320;

    private final Cells cells;
    private boolean kept;

    public Reserve(Cells cells) {
        this.cells = cells;
    }

    /** Makes it, if it is missing or of another size. */
    public void keep() throws StoreException {
        if (!kept && cells.size(OwnNames.reserve()).orElse(0) != LENGTH) {
            cells.put(OwnNames.reserve(), new byte[LENGTH]);
        }
        kept = true;
    }

    /** Makes it as large as a value for a moment. If there is no room for that, all is as it was. */
    void proveRoom(long size) throws StoreException {
        keep();
        cells.put(OwnNames.reserve(), Splice.zeros(size));
        kept = false;
        cells.put(OwnNames.reserve(), new byte[LENGTH]);
        kept = true;
    }

    /** Makes it again, if there is room now; else before the next put. */
    void keepIfThereIsRoom() throws StoreException {
        try {
            keep();
        } catch (NoSpaceException e) {
            // What was removed has made no room yet.
        }
    }

    /** Does work that the layer cannot do without, with the room of the reserve where there is no other. */
    void spendOn(Work work) throws StoreException {
        try {
            work.run();
        } catch (NoSpaceException e) {
            kept = false;
            if (!cells.remove(OwnNames.reserve())) {
                throw e;
            }
            work.run();
        }
    }
}
