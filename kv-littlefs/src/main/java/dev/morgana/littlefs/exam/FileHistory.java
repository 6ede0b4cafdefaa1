package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of a file that the metadata log still holds. The active block of a pair has the commits since it was compacted,
 * the other one those before, until the next compaction erases it. Only the pair counts that has the name now, or would get it:
 * what stands of it in another one, from before a split or a rename, is not looked for. Where the other block cannot be shown to
 * be this pair's past, it does not count either (see {@link BlockHistory#leadsTo}). Chamelon writes both blocks alike, so there
 * the active one has everything.
 *
 * @param present the file as the mounted file system has it, if there is one
 * @param states oldest first; the first one has a file, and none says the same as the one before
 */
public record FileHistory(Optional<DirectoryEntry> present, List<FileState> states) {
    /**
     * Reads the history of a key.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if the directory cannot be read
     * @throws StoreException for this, or if the device fails
     */
    public static FileHistory of(Volume volume, Key key) throws StoreException {
        if (key.isRoot()) {
            return new FileHistory(Optional.empty(), List.of());
        }
        Walk parent = Walk.to(volume, key.parent());
        if (!parent.isComplete() || parent.endsAtFile()) {
            return new FileHistory(Optional.empty(), List.of());
        }
        FileName name = new FileName(key.segment(key.depth() - 1));
        Optional<DirectoryEntry> found = parent.directory().find(name);
        MetadataPair pair = found.isPresent() ? found.get().pair() : pairFor(volume, parent.directory(), name);
        return new FileHistory(found.filter(located -> located.entry().isFile()), states(volume, pair, name));
    }

    private static MetadataPair pairFor(Volume volume, Directory directory, FileName name) throws StoreException {
        return volume.pairs().get(directory.place(name).pair(), directory.where());
    }

    private static List<FileState> states(Volume volume, MetadataPair pair, FileName name) throws StoreException {
        BlockHistory active = BlockHistory.read(volume.blocks(), pair.blocks().first(), volume.dialect(), name);
        List<FileState> states = new ArrayList<>();
        if (volume.dialect() == Dialect.LITTLEFS) {
            Optional<BlockHistory> older = readable(volume, pair.blocks().second(), name);
            older.filter(log -> log.leadsTo(active)).ifPresent(log -> append(states, log));
        }
        append(states, active);
        return List.copyOf(states);
    }

    /** An unreadable block has no past to tell. */
    private static Optional<BlockHistory> readable(Volume volume, long block, FileName name) throws StoreException {
        try {
            return Optional.of(BlockHistory.read(volume.blocks(), block, volume.dialect(), name));
        } catch (BadBlockException e) {
            return Optional.empty();
        }
    }

    private static void append(List<FileState> states, BlockHistory log) {
        for (FileState state : log.states()) {
            boolean changed = states.isEmpty()
                    ? state.struct() != null
                    : !states.get(states.size() - 1).holds(state.struct());
            if (changed) {
                states.add(state);
            }
        }
    }

    /** Whether a state is what the file has now. A half-done rename hides the last state of its source. */
    public boolean isPresent(FileState state) {
        return present.isPresent()
                && state.equals(states.get(states.size() - 1))
                && state.holds(present.get().entry().struct());
    }
}
