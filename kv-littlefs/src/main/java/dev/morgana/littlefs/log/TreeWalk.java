package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through everything below a directory, each directory once, depth first. */
public final class TreeWalk {
    private final Volume volume;
    private final Deque<Directory> pending = new ArrayDeque<>();
    private final Set<BlockPair> visited = new HashSet<>();

    /** A walk through the whole tree. */
    public TreeWalk(Volume volume) {
        this(volume, Directory.root(volume));
    }

    /** A walk through a directory and everything below it. */
    public TreeWalk(Volume volume, Directory from) {
        this.volume = volume;
        pending.push(from);
    }

    /**
     * The entries of the next directory, or null at the end.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if a directory was met before, or cannot be read
     * @throws StoreException for this, or if the device fails
     */
    public @Nullable List<DirectoryEntry> next() throws StoreException {
        if (pending.isEmpty()) {
            return null;
        }
        Directory directory = pending.pop();
        if (!visited.add(directory.first().ordered())) {
            throw PeerError.corrupt(
                    directory.where(), "a directory that is not in the tree yet", "pair " + directory.first());
        }
        List<DirectoryEntry> entries = directory.entries();
        for (DirectoryEntry entry : entries) {
            if (entry.entry().isDirectory()) {
                pending.push(Directory.of(volume, entry));
            }
        }
        return entries;
    }

    /**
     * Whether a directory is the one that begins with a pair, or an ancestor of it.
     *
     * @throws StoreException if something below it cannot be read
     */
    public static boolean leadsTo(Volume volume, Directory from, BlockPair first) throws StoreException {
        if (from.first().sameBlocks(first)) {
            return true;
        }
        TreeWalk tree = new TreeWalk(volume, from);
        for (List<DirectoryEntry> entries = tree.next(); entries != null; entries = tree.next()) {
            for (DirectoryEntry entry : entries) {
                if (entry.entry().isDirectory()
                        && Directory.of(volume, entry).first().sameBlocks(first)) {
                    return true;
                }
            }
        }
        return false;
    }
}
