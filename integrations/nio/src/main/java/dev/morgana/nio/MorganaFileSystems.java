package dev.morgana.nio;

import dev.morgana.spi.store.KeyValueStore;
import java.nio.file.FileSystem;
import java.time.InstantSource;

/** File systems over stores that the application has opened itself. */
public final class MorganaFileSystems {
    private MorganaFileSystems() {}

    /**
     * A file system over a store, by the system's clock. The store is changed through it alone from then on; its URIs lead nowhere.
     *
     * @param store any store; closing the file system closes it
     * @return the file system, read-only where the store is; close it
     */
    public static FileSystem over(KeyValueStore store) {
        return over(store, InstantSource.system());
    }

    /**
     * A file system over a store.
     *
     * @param store any store; closing the file system closes it
     * @param clock the time of changes
     * @return the file system, read-only where the store is; close it
     */
    public static FileSystem over(KeyValueStore store, InstantSource clock) {
        String name = ImageUri.of(store.info().format());
        return new StoreFileSystem(new MorganaFileSystemProvider(), store, clock, name, () -> {});
    }
}
