package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.Tracker;
import dev.morgana.littlefs.log.Trackers;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves an entry to another name (section 11.6): with one commit inside a pair, else with one that makes the new entry and
 * marks the old one as moved, and one that deletes it. Open files follow.
 */
public final class Renaming {
    private final FileSystem fileSystem;
    private final Removal removal;

    /** Moves entries in a file system. */
    public Renaming(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.removal = new Removal(fileSystem);
    }

    /**
     * Moves an entry to where there is none.
     *
     * @throws dev.morgana.spi.error.LimitExceededException if the name is too long
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public void move(DirectoryEntry source, InsertionPoint target) throws StoreException {
        Publication.checkName(fileSystem.volume(), target.name());
        run(source, target, null);
    }

    /**
     * Moves an entry over another one of the same kind: a file, or an empty directory.
     *
     * @param in the directory of the target
     * @param emptied the target, if it is a directory
     * @throws StoreException if there is no space, or if the device fails
     */
    public void replace(DirectoryEntry source, Directory in, DirectoryEntry target, @Nullable Directory emptied)
            throws StoreException {
        MetadataEntry replaced = target.entry();
        InsertionPoint place =
                new InsertionPoint(in, replaced.name(), target.pair().blocks(), target.id());
        if (emptied == null) {
            run(source, place, replaced);
            removal.giveUp(replaced);
            return;
        }
        Tracker unlinked = fileSystem.trackers().directory(emptied.first());
        try {
            fileSystem.globalState().orphanBegins();
            run(source, place, replaced);
            removal.unlink(unlinked);
        } finally {
            fileSystem.trackers().release(unlinked);
        }
    }

    private void run(DirectoryEntry source, InsertionPoint target, @Nullable MetadataEntry replaced)
            throws StoreException {
        List<Tracker> followers = fileSystem.trackers().detach(source.pair().blocks(), source.id());
        Tracker directory = fileSystem.trackers().directory(target.directory().first());
        try {
            if (source.pair().blocks().sameBlocks(target.pair())) {
                inside(source, target, replaced != null);
            } else {
                across(source, target, replaced != null);
            }
            if (!followers.isEmpty()) {
                fileSystem.ensureValid();
                Directory now = target.directory().at(fileSystem.volume(), directory.pair());
                now.find(target.name()).ifPresent(moved -> Trackers.place(followers, moved));
            }
        } finally {
            fileSystem.trackers().attach(followers);
            fileSystem.trackers().release(directory);
        }
    }

    private static PairChanges arrival(DirectoryEntry source, InsertionPoint target, boolean replaces) {
        MetadataEntry entry = source.entry();
        PairChanges changes = new PairChanges();
        if (replaces) {
            changes.delete(target.id());
        }
        return changes.create(target.id(), entry.nameType(), target.name())
                .struct(target.id(), Objects.requireNonNull(entry.struct()))
                .attributes(target.id(), entry.attributes());
    }

    private void inside(DirectoryEntry source, InsertionPoint target, boolean replaces) throws StoreException {
        int shifted = !replaces && target.id() <= source.id() ? source.id() + 1 : source.id();
        fileSystem.commit(target.pair(), arrival(source, target, replaces).delete(shifted));
    }

    private void across(DirectoryEntry source, InsertionPoint target, boolean replaces) throws StoreException {
        Tracker old =
                fileSystem.trackers().entry(source.entry().name(), source.pair().blocks(), source.id());
        try {
            fileSystem.globalState().moveBegins(source.pair().blocks(), source.id());
            fileSystem.commit(target.pair(), arrival(source, target, replaces));
            if (fileSystem.isValid() && !old.isGone()) {
                fileSystem.commit(old.pair(), new PairChanges());
            }
        } catch (NoSpaceException e) {
            fileSystem.ensureValid();
            if (!fileSystem.globalState().wanted().hasMove()) {
                throw e;
            }
            // The entry is where it should be, and the old one counts as absent: the next repair deletes it.
        } finally {
            fileSystem.trackers().release(old);
        }
    }
}
