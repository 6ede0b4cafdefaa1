package dev.morgana.littlefs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;

/** Opens file systems as trees of keys. */
final class Stores {
    private Stores() {}

    static KeyValueStore open(BlockDevice device, Options options) throws StoreException {
        return LittleFs.mount(device, options).store();
    }
}
