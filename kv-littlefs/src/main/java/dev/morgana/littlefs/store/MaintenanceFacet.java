package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Maintenance;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;

/** Garbage collection and growth of a file system. */
final class MaintenanceFacet implements GarbageCollection, Growth {
    private final Maintenance maintenance;
    private final StoreLock lock;

    MaintenanceFacet(FileSystem fileSystem, StoreLock lock) {
        this.maintenance = new Maintenance(fileSystem);
        this.lock = lock;
    }

    @Override
    public void collect() throws StoreException {
        lock.change("collect", maintenance::collect);
    }

    @Override
    public void grow(long blockCount) throws StoreException {
        lock.change("grow", () -> maintenance.grow(blockCount));
    }
}
