package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far names lead from the root directory (section 8.3): what stands there, in which directory, and which name is missing.
 * True of one {@link Volume}, that is until the next commit.
 */
public final class Walk {
    private final Volume volume;
    private final List<FileName> names;
    private final int depth;
    private final Directory parent;
    private final @Nullable DirectoryEntry found;
    private final @Nullable Directory directory;

    private Walk(
            Volume volume,
            List<FileName> names,
            int depth,
            Directory parent,
            @Nullable DirectoryEntry found,
            @Nullable Directory directory) {
        this.volume = volume;
        this.names = names;
        this.depth = depth;
        this.parent = parent;
        this.found = found;
        this.directory = directory;
    }

    /**
     * Follows names until one is missing, or something follows a file.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if a directory on the way cannot be read, or is its own ancestor: a
     *     tree with a circle would have no end for whoever walks it
     * @throws StoreException for this, or if the device fails
     */
    public static Walk along(Volume volume, List<FileName> names) throws StoreException {
        Directory parent = Directory.root(volume);
        Directory directory = parent;
        DirectoryEntry found = null;
        Set<BlockPair> visited = new HashSet<>(List.of(parent.first().ordered()));
        int depth = 0;
        while (depth < names.size() && directory != null) {
            Optional<DirectoryEntry> next = directory.find(names.get(depth));
            if (next.isEmpty()) {
                break;
            }
            parent = directory;
            found = next.get();
            directory = found.entry().isDirectory() ? Directory.of(volume, found) : null;
            if (directory != null && !visited.add(directory.first().ordered())) {
                throw PeerError.corrupt(
                        directory.where(), "a directory that is not its own ancestor", "pair " + directory.first());
            }
            depth++;
        }
        return new Walk(volume, names, depth, parent, found, directory);
    }

    /**
     * Follows a key.
     *
     * @throws StoreException as {@link #along} does
     */
    public static Walk to(Volume volume, Key key) throws StoreException {
        return along(volume, names(key));
    }

    /** The names of a key. */
    public static List<FileName> names(Key key) {
        List<FileName> names = new ArrayList<>();
        for (int depth = 0; depth < key.depth(); depth++) {
            names.add(new FileName(key.segment(depth)));
        }
        return names;
    }

    /** The file system in which this was found. */
    public Volume volume() {
        return volume;
    }

    /** How many of the names are there. */
    public int depth() {
        return depth;
    }

    /** Whether all names are there. */
    public boolean isComplete() {
        return depth == names.size();
    }

    /** Whether nothing but the last name is missing, so that it could be made. */
    public boolean lacksLastName() {
        return depth == names.size() - 1 && !endsAtFile();
    }

    /** Whether the last name that is there is that of a file, be it the last one at all or not. */
    public boolean endsAtFile() {
        return directory == null;
    }

    /** What the last name that is there stands for; empty for the root. */
    public Optional<DirectoryEntry> found() {
        return Optional.ofNullable(found);
    }

    /**
     * The entry that has the attributes of what was found: for the root, that of the superblock.
     *
     * @throws StoreException if the root's pair cannot be read any more
     */
    public DirectoryEntry attributed() throws StoreException {
        return found == null ? volume.rootEntry() : found;
    }

    /** The directory that the last name that is there stands for, which is to be one. */
    public Directory directory() {
        return Objects.requireNonNull(directory);
    }

    /** The directory in which the last name that is there was found; for the root, the root. */
    public Directory parent() {
        return parent;
    }

    /**
     * Where the first missing name belongs.
     *
     * @throws StoreException if the directory that lacks it cannot be read
     */
    public InsertionPoint place() throws StoreException {
        return directory().place(names.get(depth));
    }
}
