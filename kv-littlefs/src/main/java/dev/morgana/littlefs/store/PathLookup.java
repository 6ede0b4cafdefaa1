package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreePath;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.List;

/**
 * Where a path of the C implementation's form leads (section 8.3), now and after each change, with that implementation's errors.
 * For one thread, under the lock.
 */
final class PathLookup {
    private final byte[] bytes;
    private final List<PathName> names;
    private final TreePath path;

    /**
     * Looks up a path when asked to.
     *
     * @throws InvalidRequestException if it is empty, or leads above the root
     */
    PathLookup(FileSystem fileSystem, byte[] bytes) throws InvalidRequestException {
        this.bytes = bytes;
        this.names = new PathParser(bytes).names();
        this.path = new TreePath(
                fileSystem,
                names.stream().map(name -> new FileName(name.of(bytes))).toList());
    }

    TreePath path() {
        return path;
    }

    /** The path as keys in errors have it. */
    Key key() {
        return Key.ofBytes(bytes);
    }

    /**
     * Where it leads.
     *
     * @throws DictionaryExpectedException if something follows the name of a file, if only a slash
     * @throws StoreException for this, or if a directory cannot be read
     */
    Walk walk() throws StoreException {
        Walk walk = path.walk();
        if (walk.endsAtFile()) {
            int end = names.get(walk.depth() - 1).end();
            if (end < bytes.length) {
                throw PeerError.NOTDIR.on(
                        new DictionaryExpectedException(key(), Key.ofBytes(Arrays.copyOf(bytes, end))));
            }
        }
        return walk;
    }

    /**
     * What is there.
     *
     * @throws NoSuchKeyException if a name is missing
     * @throws StoreException as {@link #walk} does
     */
    Walk existing() throws StoreException {
        Walk walk = walk();
        if (!walk.isComplete()) {
            throw missing();
        }
        return walk;
    }

    /**
     * What is there, or where the last name is missing, which nothing but slashes follow.
     *
     * @throws NoSuchKeyException if another name is missing, or something follows the one that is
     * @throws StoreException as {@link #walk} does
     */
    Walk existingOrNew() throws StoreException {
        Walk walk = walk();
        if (!walk.isComplete() && !(walk.lacksLastName() && lastName().isLastOf(bytes))) {
            throw missing();
        }
        return walk;
    }

    /** Whether a slash follows the last name, so that it can only be that of a directory. */
    boolean endsInSlash() {
        return lastName().end() < bytes.length;
    }

    private PathName lastName() {
        return names.get(names.size() - 1);
    }

    private NoSuchKeyException missing() {
        return PeerError.NOENT.on(new NoSuchKeyException(key()));
    }

    /** The error of a file where a directory is needed. */
    DictionaryExpectedException notADirectory() {
        return PeerError.NOTDIR.on(new DictionaryExpectedException(key(), key()));
    }

    /**
     * The entry that is there.
     *
     * @param operation for the refusal
     * @throws InvalidRequestException if it is the root, which has none
     * @throws StoreException as {@link #existing} does
     */
    DirectoryEntry entry(String operation) throws StoreException {
        return existing()
                .found()
                .orElseThrow(
                        () -> PeerError.INVAL.on(new InvalidRequestException(operation + " refused: it is the root")));
    }
}
