package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.GarbageCollection;

/** Pigweed's full maintenance, and its heavy one, which forgets deleted keys too (sections 14.2 and 14.3). */
record Upkeep(Kvs kvs, StoreLock lock) implements GarbageCollection, Compaction {
    @Override
    public void collect() throws StoreException {
        run(kvs::fullMaintenance);
    }

    @Override
    public void compact() throws StoreException {
        run(kvs::heavyMaintenance);
    }

    private interface Work {
        void run() throws StoreException;
    }

    private void run(Work work) throws StoreException {
        lock.holding(() -> {
            if (kvs.settings().readOnly()) {
                throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException("maintenance"));
            }
            work.run();
            return true;
        });
    }
}
