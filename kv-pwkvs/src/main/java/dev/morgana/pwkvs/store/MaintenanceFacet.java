package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;

/**
 * Pigweed's full maintenance, and its heavy one, which forgets deleted keys too (sections 14.2 and 14.3). Growth has nothing to
 * write: how many sectors there are is not on the medium, so whoever opens a larger device uses them.
 */
record MaintenanceFacet(Kvs kvs, StoreLife life) implements GarbageCollection, Compaction, Growth {
    @Override
    public void collect() throws StoreException {
        run(kvs::fullMaintenance);
    }

    @Override
    public void compact() throws StoreException {
        run(kvs::heavyMaintenance);
    }

    @Override
    public void grow(long blockCount) throws StoreException {
        long end = (long) kvs.settings().firstSector() + kvs.settings().sectorCount();
        run(() -> {
            if (blockCount != end) {
                throw PeerStatus.INVALID_ARGUMENT.on(new InvalidRequestException("grow to " + blockCount
                        + " sectors: with these options the store ends with sector " + end + " of its device"));
            }
        });
    }

    private void run(StoreLife.Change work) throws StoreException {
        life.change(() -> {
            if (kvs.settings().readOnly()) {
                throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException("maintenance"));
            }
            work.run();
        });
    }
}
