package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.ThreadSearch;
import dev.morgana.littlefs.log.Tracker;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;

/** Removes files and empty directories (sections 11.4 and 11.5). */
public final class Removal {
    private final FileSystem fileSystem;

    /** Removes them from a file system. */
    public Removal(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /**
     * Removes a file. Handles that have it open keep their version.
     *
     * @throws StoreException if there is no space, or if the device fails
     */
    public void file(DirectoryEntry entry) throws StoreException {
        MetadataEntry removed = entry.entry();
        fileSystem.commit(entry.pair().blocks(), new PairChanges().delete(entry.id()));
        giveUp(removed);
    }

    /** The content of a file that is not in the tree any more. */
    void giveUp(MetadataEntry removed) {
        if (removed.struct() instanceof EntryStruct.Ctz ctz && ctz.head().size() > 0) {
            fileSystem.extents().giveUp(ctz.head());
        }
    }

    /**
     * Removes a directory that is empty: first its entry, then its place on the thread. In between it is an orphan.
     *
     * @throws StoreException if there is no space, or if the device fails
     */
    public void directory(DirectoryEntry entry, Directory directory) throws StoreException {
        directory(entry, directory, new PairChanges().delete(entry.id()), FileVersion.EMPTY);
    }

    /** Removes a directory by changes that may put something in its place. */
    public void directory(DirectoryEntry entry, Directory directory, PairChanges changes, FileVersion instead)
            throws StoreException {
        Tracker removed = fileSystem.trackers().directory(directory.first());
        try {
            fileSystem.globalState().orphanBegins();
            Publication.commit(fileSystem, entry.pair().blocks(), changes, instead);
            Publication.replace(fileSystem, null, instead);
            unlink(removed);
        } finally {
            fileSystem.trackers().release(removed);
        }
    }

    /** Takes a directory without an entry off the thread, which ends what began with an orphan more. */
    public void unlink(Tracker directory) throws StoreException {
        if (!fileSystem.isValid()) {
            return; // The entry is gone, but not everything that follows from it could be done: the next repair does.
        }
        fileSystem.globalState().orphanEnds();
        Optional<MetadataPair> before = ThreadSearch.predecessor(fileSystem.volume(), directory.pair());
        if (before.isPresent()) {
            BlockPair address = before.get().blocks();
            fileSystem.unlink(address, directory.pair());
        }
    }
}
