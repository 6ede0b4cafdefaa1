package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/** How the entries of a directory become the blocks of its pairs. */
public interface DirectoryForm {
    /**
     * Makes a directory that nothing refers to yet, durably.
     *
     * @param first the free blocks for its first pair
     * @param next the directory after it on the thread, or {@link BlockPair#NONE}
     * @throws StoreException if there is no space or the device fails
     */
    void create(BlockPair first, List<MetadataEntry> entries, BlockPair next) throws StoreException;

    /**
     * Changes a directory, durably, and as one step: after a power loss all of it has happened or nothing.
     *
     * @param inserted the first of new directories that come after this one on the thread, or {@link BlockPair#NONE}
     * @throws dev.morgana.spi.error.NoSpaceException if the entries do not fit and there are no blocks for more; nothing has
     *     changed then
     * @throws StoreException for this, or if the device fails
     */
    void change(Directory directory, DirectoryChange change, BlockPair inserted) throws StoreException;

    /**
     * Leads the thread elsewhere.
     *
     * @throws StoreException if the device fails
     */
    void redirect(List<SoftThread.Detour> detours) throws StoreException;
}
