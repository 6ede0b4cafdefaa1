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
    private final FileSystemAccess access;

    Maintenance(FileSystem fileSystem, FileSystemAccess access) {
        this.garbage = new GarbageCollector(fileSystem);
        this.resizing = new Resizing(fileSystem);
        this.access = access;
    }

    @Override
    public void collect() throws StoreException {
        access.change("collect", garbage::collect);
    }

    @Override
    public void grow(long blockCount) throws StoreException {
        access.change("grow", () -> resizing.grow(blockCount));
    }
}
