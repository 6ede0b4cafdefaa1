package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.function.Consumer;

/** Verification of everything on the medium. It never writes, reports every defect instead of stopping at the first, and ends in bounded time on any image. */
public interface Check extends Facet {
    /** How much to read. */
    enum Depth {
        /** Structures and their checksums. */
        STRUCTURE,
        /** Every value too. */
        DEEP
    }

    /**
     * Checks the medium.
     *
     * @param depth how much to read
     * @param findings takes each finding as it is made
     * @throws StoreException if the device fails so that the check cannot go on; damage is a finding, not an exception
     */
    void check(Depth depth, Consumer<Finding> findings) throws StoreException;
}
