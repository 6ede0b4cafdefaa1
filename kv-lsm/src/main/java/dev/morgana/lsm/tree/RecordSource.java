package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import org.jspecify.annotations.Nullable;

/** Records in the order of their keys, or in the reverse, each key at most once. */
interface RecordSource {
    /** The next record, or null at the end. */
    @Nullable
    LsmRecord next() throws StoreException;
}
