package dev.morgana.littlefs;

import dev.morgana.littlefs.chamelon.PeerBlocks;
import dev.morgana.littlefs.chamelon.PeerForm;
import dev.morgana.littlefs.chamelon.TreeWriter;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.store.FileSystemAccess;
import dev.morgana.littlefs.store.LittleFsStore;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;

/** Stores that write as chamelon itself does. */
public final class ChamelonModel {
    private ChamelonModel() {}

    /** Mounts for writing, and looks for free blocks as chamelon's connect does. */
    public static KeyValueStore connect(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.settings(options);
        FileSystem fileSystem = new FileSystem(Mount.mount(device, settings));
        PeerBlocks blocks = new PeerBlocks(fileSystem);
        PeerForm form = new PeerForm(fileSystem, blocks, settings.commitUnit());
        FileSystemAccess access = new FileSystemAccess(fileSystem, false, failure -> {});
        return LittleFsStore.chamelon(
                fileSystem, settings, access, TreeWriter.of(fileSystem, blocks, form), LittleFsOptions.clock(options));
    }
}
