package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.Creation;
import dev.morgana.littlefs.file.Renaming;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.RenameIntoSelfException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import java.util.Optional;

/** A rename by the rules of the C implementation (section 11.6), but for directories that would move below themselves. */
final class PathRename {
    private final FileSystem fileSystem;
    private final PathLookup from;
    private final PathLookup to;

    PathRename(FileSystem fileSystem, byte[] from, byte[] to) throws StoreException {
        this.fileSystem = fileSystem;
        this.from = new PathLookup(fileSystem, from);
        this.to = new PathLookup(fileSystem, to);
    }

    /** Everything that may refuse the rename comes before the first write, the repair included. */
    void run() throws StoreException {
        if (plan().isPresent()) {
            fileSystem.repair();
            plan().orElseThrow().run();
        }
    }

    /** What is to be done with the tree as it is now; empty if nothing. */
    private Optional<StoreLife.Change> plan() throws StoreException {
        Optional<DirectoryEntry> source = from.existing().found();
        Walk target = to.existingOrNew();
        if (source.isEmpty() || (target.isComplete() && target.found().isEmpty())) {
            throw PeerError.INVAL.on(new InvalidRequestException("rename refused: the root has no name"));
        }
        DirectoryEntry moved = source.get();
        if (!target.isComplete()) {
            return Optional.of(move(moved, target));
        }
        return isSame(moved, target.found().orElseThrow()) ? Optional.empty() : Optional.of(replace(moved, target));
    }

    private static boolean isSame(DirectoryEntry one, DirectoryEntry other) {
        return one.id() == other.id()
                && one.pair().blocks().sameBlocks(other.pair().blocks());
    }

    private StoreLife.Change move(DirectoryEntry source, Walk target) throws StoreException {
        if (to.endsInSlash() && !source.entry().isDirectory()) {
            throw to.notADirectory();
        }
        requireOutside(source, target.directory());
        InsertionPoint place = target.place();
        new Creation(fileSystem).checkName(place.name());
        return () -> new Renaming(fileSystem).move(source, place);
    }

    private StoreLife.Change replace(DirectoryEntry source, Walk target) throws StoreException {
        if (source.entry().isDirectory() == target.endsAtFile()) {
            throw target.endsAtFile() ? to.notADirectory() : PeerError.ISDIR.on(new ValueExpectedException(to.key()));
        }
        Directory emptied = target.endsAtFile() ? null : target.directory();
        if (emptied != null) {
            EmptyDirectories.require(to.key(), emptied);
            requireOutside(source, target.parent());
        }
        return () -> new Renaming(fileSystem)
                .replace(source, target.parent(), target.found().orElseThrow(), emptied);
    }

    /** A directory below itself would be out of reach for ever. */
    private void requireOutside(DirectoryEntry source, Directory into) throws StoreException {
        if (source.entry().isDirectory()
                && TreeWalk.leadsTo(fileSystem.volume(), Directory.of(fileSystem.volume(), source), into.first())) {
            throw PeerError.INVAL.on(new RenameIntoSelfException(from.key(), to.key()));
        }
    }
}
