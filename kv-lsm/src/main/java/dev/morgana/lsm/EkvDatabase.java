package dev.morgana.lsm;

import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;

/**
 * The database beneath the files of ekv-fs, for keys of the caller's own beside them: any that begin with neither {@code m:} nor
 * {@code c:}. Files do not show such keys, and leave them alone.
 */
public interface EkvDatabase extends Facet {
    /**
     * The database.
     *
     * @return the store with every key, those of the files too; closing it closes the files
     */
    FlatStore database();
}
