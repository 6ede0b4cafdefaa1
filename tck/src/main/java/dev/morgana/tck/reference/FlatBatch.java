package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import java.util.List;
import java.util.NavigableMap;

/** Several changes of records as one. */
final class FlatBatch implements AtomicBatch {
    private final Persistent<NavigableMap<byte[], byte[]>> content;

    FlatBatch(Persistent<NavigableMap<byte[], byte[]>> content) {
        this.content = content;
    }

    @Override
    public void apply(List<Change> changes) throws StoreException {
        content.update("batch", records -> {
            NavigableMap<byte[], byte[]> changed = records;
            for (Change change : changes) {
                if (change instanceof Change.Put put) {
                    ReferenceFlat.checkLimits(put.key(), put.value());
                    changed = ReferenceFlat.with(changed, put.key(), put.value());
                } else {
                    changed = ReferenceFlat.without(changed, change.key());
                }
            }
            return changed;
        });
    }
}
