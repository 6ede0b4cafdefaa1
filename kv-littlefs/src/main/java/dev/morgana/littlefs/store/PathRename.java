package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.FilePath;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Located;
import dev.morgana.littlefs.log.PathTarget;
import dev.morgana.littlefs.log.PathWalk;
import dev.morgana.littlefs.log.Place;
import dev.morgana.littlefs.log.Renaming;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.RenameIntoSelfException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rename by the rules of the C implementation (section 11.6), but for directories that would move below themselves. */
final class PathRename {
    private final FileSystem fileSystem;
    private final byte[] from;
    private final byte[] to;

    PathRename(FileSystem fileSystem, byte[] from, byte[] to) {
        this.fileSystem = fileSystem;
        this.from = from;
        this.to = to;
    }

    /** Everything that may refuse the rename comes before the first write, the repair included. */
    void run() throws StoreException {
        if (plan().isPresent()) {
            fileSystem.repair();
            plan().orElseThrow().run();
        }
    }

    /** What is to be done with the tree as it is now; empty if nothing. */
    private Optional<StoreLock.Change> plan() throws StoreException {
        PathTarget source = PathWalk.resolve(fileSystem.volume(), from);
        if (source instanceof PathTarget.Missing) {
            throw PeerError.NOENT.on(new NoSuchKeyException(Key.ofBytes(from)));
        }
        PathTarget target = PathWalk.resolve(fileSystem.volume(), to);
        if (target instanceof PathTarget.Missing missing && !missing.last()) {
            throw PeerError.NOENT.on(new NoSuchKeyException(Key.ofBytes(to)));
        }
        if (!(source instanceof PathTarget.Found moved) || target instanceof PathTarget.Root) {
            throw PeerError.INVAL.on(new InvalidRequestException("rename refused: the root has no name"));
        }
        if (target instanceof PathTarget.Missing missing) {
            return Optional.of(move(moved.entry(), missing));
        }
        if (target instanceof PathTarget.Found replaced && !isSame(moved.entry(), replaced.entry())) {
            return Optional.of(replace(moved.entry(), replaced));
        }
        return Optional.empty();
    }

    private static boolean isSame(Located one, Located other) {
        return one.id() == other.id()
                && one.pair().blocks().sameBlocks(other.pair().blocks());
    }

    private StoreLock.Change move(Located source, PathTarget.Missing missing) throws StoreException {
        if (missing.slash() && !source.entry().isDirectory()) {
            Key key = Key.ofBytes(to);
            throw PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
        }
        requireOutside(source, missing.in());
        Place place = missing.in().place(missing.name());
        place.checkName(fileSystem.volume());
        return () -> new Renaming(fileSystem).move(source, place);
    }

    private StoreLock.Change replace(Located source, PathTarget.Found replaced) throws StoreException {
        Located target = replaced.entry();
        Key key = Key.ofBytes(to);
        if (source.entry().isDirectory() != target.entry().isDirectory()) {
            throw target.entry().isDirectory()
                    ? PeerError.ISDIR.on(new ValueExpectedException(key))
                    : PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
        }
        Directory emptied = directory(target);
        if (emptied != null) {
            EmptyDirectories.require(key, emptied);
            requireOutside(source, replaced.in());
        }
        return () -> new Renaming(fileSystem).replace(source, replaced.in(), target, emptied);
    }

    private @Nullable Directory directory(Located entry) throws StoreException {
        return FilePath.target(fileSystem.volume(), entry) instanceof FilePath.ToDirectory found
                ? found.directory()
                : null;
    }

    /** A directory below itself would be out of reach for ever. */
    private void requireOutside(Located source, Directory into) throws StoreException {
        Directory moved = directory(source);
        if (moved != null && TreeWalk.leadsTo(fileSystem.volume(), moved, into.first())) {
            throw PeerError.INVAL.on(new RenameIntoSelfException(Key.ofBytes(from), Key.ofBytes(to)));
        }
    }
}
