package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Follows keys through the tree, name by name (section 8.3). */
public final class FilePath {
    private FilePath() {}

    /** What a key leads to. */
    public sealed interface Target {}

    /** A directory; its entry is absent where it is the root. */
    public record ToDirectory(Directory directory, Optional<Located> entry) implements Target {}

    /** A regular file. */
    public record ToFile(Located entry) implements Target {}

    /** Nothing. {@code file} is an ancestor that is a file, if that is the reason. */
    public record ToNothing(Optional<Key> file) implements Target {}

    /**
     * Follows a key.
     *
     * @throws CorruptStoreException if a directory on the way cannot be read, or is its own ancestor: a tree with a circle would
     *     have no end for whoever walks it
     * @throws StoreException for this, or if the device fails
     */
    public static Target resolve(Volume volume, Key key) throws StoreException {
        Target target = new ToDirectory(Directory.root(volume), Optional.empty());
        Set<BlockPair> ancestors = new HashSet<>();
        for (int depth = 0; depth < key.depth(); depth++) {
            if (!(target instanceof ToDirectory parent)) {
                return new ToNothing(Optional.of(key.ancestor(depth)));
            }
            ancestors.add(parent.directory().first().ordered());
            Optional<Located> found = parent.directory().find(new FileName(key.segment(depth)));
            if (found.isEmpty()) {
                return new ToNothing(Optional.empty());
            }
            target = target(volume, found.get());
            if (target instanceof ToDirectory child
                    && ancestors.contains(child.directory().first().ordered())) {
                throw PeerError.corrupt(
                        child.directory().where(),
                        "a directory that is not its own ancestor",
                        "pair " + child.directory().first());
            }
        }
        return target;
    }

    /**
     * What an entry is.
     *
     * @throws CorruptStoreException if it is a directory without a pair
     */
    public static Target target(Volume volume, Located entry) throws CorruptStoreException {
        return entry.entry().isDirectory()
                ? new ToDirectory(directory(volume, entry), Optional.of(entry))
                : new ToFile(entry);
    }

    /**
     * The directory that an entry names.
     *
     * @throws CorruptStoreException if its struct is none of a directory
     */
    static Directory directory(Volume volume, Located entry) throws CorruptStoreException {
        var where = volume.blocks()
                .position(entry.pair().activeBlock(), entry.entry().offset(), "directory struct");
        if (entry.entry().struct() instanceof EntryStruct.Directory struct) {
            return new Directory(volume, struct.pair(), where);
        }
        throw PeerError.corrupt(where, "the pair of directory " + entry.entry().name(), "another struct");
    }
}
