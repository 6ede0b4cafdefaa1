package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.GarbageCollector;
import dev.morgana.littlefs.log.Resizing;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;

/** Garbage collection and growth of a file system. */
final class Maintenance implements GarbageCollection, Growth {
    private final GarbageCollector garbage;
    private final Resizing resizing;
    private final StoreLock lock;

    Maintenance(FileSystem fileSystem, StoreLock lock) {
        this.garbage = new GarbageCollector(fileSystem);
        this.resizing = new Resizing(fileSystem);
        this.lock = lock;
    }

    @Override
    public void collect() throws StoreException {
        lock.change("collect", garbage::collect);
    }

    @Override
    public void grow(long blockCount) throws StoreException {
        lock.change("grow", () -> resizing.grow(blockCount));
    }
}
