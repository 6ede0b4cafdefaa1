package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.Tracker;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/** Makes files and directories (sections 11.1 and 11.3). */
public final class Creation {
    private final FileSystem fileSystem;

    /** Makes them in a file system. */
    public Creation(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /**
     * Refuses a name that is too long, before anything is made for it.
     *
     * @throws LimitExceededException if so
     */
    public void checkName(FileName name) throws LimitExceededException {
        Publication.checkName(fileSystem.volume(), name);
    }

    /**
     * Makes an empty file.
     *
     * @return its entry
     * @throws LimitExceededException if the name is too long
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public DirectoryEntry file(InsertionPoint place) throws StoreException {
        Tracker directory = fileSystem.trackers().directory(place.directory().first());
        try {
            Publication.create(fileSystem, place, FileVersion.EMPTY);
            fileSystem.ensureValid();
            return place.directory()
                    .at(fileSystem.volume(), directory.pair())
                    .find(place.name())
                    .orElseThrow();
        } finally {
            fileSystem.trackers().release(directory);
        }
    }

    /**
     * Makes an empty directory.
     *
     * @return the directory
     * @throws LimitExceededException if the name is too long
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public Directory directory(InsertionPoint place) throws StoreException {
        checkName(place.name());
        List<MetadataPair> pairs = place.directory().pairs();
        MetadataPair last = pairs.get(pairs.size() - 1);
        Tail next = last.state().tail();
        MetadataPair made = fileSystem.writer().create(new PairState(List.of(), next, MoveState.NONE));
        Tracker directory = fileSystem.trackers().directory(made.blocks());
        boolean reachable = false;
        try {
            if (last.blocks().sameBlocks(place.pair())) {
                fileSystem.commit(place.pair(), entry(place, made).tail(made.blocks(), false));
            } else {
                link(place, last, made);
            }
            reachable = true;
            return place.directory().at(fileSystem.volume(), directory.pair());
        } finally {
            fileSystem.trackers().release(directory);
            if (!reachable && fileSystem.isValid()) {
                release(made.blocks());
            }
        }
    }

    private static PairChanges entry(InsertionPoint place, MetadataPair made) {
        return new PairChanges()
                .create(place.id(), TagType.DIRECTORY_NAME.code(), place.name())
                .struct(place.id(), new EntryStruct.Directory(made.blocks()));
    }

    /**
     * The name goes to one pair and the new directory on the thread behind another: in between, it is an orphan. Without space
     * for the name, it leaves the thread again.
     */
    private void link(InsertionPoint place, MetadataPair last, MetadataPair made) throws StoreException {
        Tracker at = fileSystem.trackers().place(place.pair(), place.id());
        try {
            fileSystem.globalState().orphanBegins();
            fileSystem.commit(last.blocks(), new PairChanges().tail(made.blocks(), false));
            fileSystem.globalState().orphanEnds();
            PairChanges name = entry(new InsertionPoint(place.directory(), place.name(), at.pair(), at.id()), made);
            fileSystem.commit(at.pair(), name);
        } catch (NoSpaceException e) {
            fileSystem.repair();
            throw e;
        } finally {
            fileSystem.trackers().release(at);
        }
    }

    private void release(BlockPair pair) {
        fileSystem.volume().pairs().forget(pair);
        fileSystem.allocator().free(pair.first());
        fileSystem.allocator().free(pair.second());
    }
}
