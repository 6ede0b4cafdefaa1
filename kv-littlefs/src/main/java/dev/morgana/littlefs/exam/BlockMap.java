package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the blocks of an image are used for, as far as it can be read: pairs on the thread (in chamelon's dialect, which keeps
 * none, pairs in the tree) and files with blocks of their own.
 */
public final class BlockMap {
    private final Volume volume;
    private final List<BlockPair> pairs = new ArrayList<>();
    private final List<OwnedFile> files = new ArrayList<>();
    private @Nullable StoreException problem;

    /**
     * A file with blocks of its own.
     *
     * @param name its name, without the path
     * @param head where its blocks are
     * @param where where the head stands
     */
    public record OwnedFile(FileName name, CtzHead head, Position where) {}

    private BlockMap(Survey survey) {
        this.volume = survey.volume();
        this.problem =
                survey.problems().isEmpty() ? null : survey.problems().get(0).reason();
    }

    /**
     * Maps an image.
     *
     * @param blocks all blocks of the device
     * @throws StoreException if the device fails
     */
    public static BlockMap of(Blocks blocks, Settings settings) throws StoreException {
        Survey survey = Survey.of(blocks, settings);
        BlockMap map = new BlockMap(survey);
        if (settings.dialect() == Dialect.CHAMELON) {
            map.findTreePairs();
        } else {
            survey.thread().forEach(step -> map.pairs.add(step.address()));
        }
        map.findFiles();
        return map;
    }

    private void findTreePairs() throws StoreException {
        Set<BlockPair> found = new LinkedHashSet<>();
        List<Directory> pending = new ArrayList<>(List.of(Directory.root(volume)));
        while (!pending.isEmpty()) {
            Directory directory = pending.remove(pending.size() - 1);
            try {
                for (MetadataPair pair : directory.pairs()) {
                    if (found.add(pair.blocks())) {
                        addDirectories(volume, pair, pending);
                    }
                }
            } catch (CorruptStoreException e) {
                problem = problem == null ? e : problem;
            }
        }
        pairs.addAll(found);
    }

    private static void addDirectories(Volume volume, MetadataPair pair, List<Directory> pending)
            throws CorruptStoreException {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            DirectoryEntry entry = new DirectoryEntry(pair, id);
            if (entry.entry().isDirectory() && entry.entry().struct() instanceof EntryStruct.Directory) {
                pending.add(Directory.of(volume, entry));
            }
        }
    }

    private void findFiles() throws StoreException {
        for (BlockPair address : pairs) {
            MetadataPair pair =
                    volume.pairs().get(address, volume.blocks().position(address.first(), 0, "metadata pair"));
            for (int id = 0; id < pair.state().entries().size(); id++) {
                MetadataEntry entry = pair.state().entries().get(id);
                boolean moved = volume.globalState().hides(pair.blocks(), id);
                if (entry.isFile() && !moved && entry.struct() instanceof EntryStruct.Ctz ctz) {
                    Position where = volume.blocks().position(pair.activeBlock(), entry.offset(), "CTZ struct");
                    files.add(new OwnedFile(entry.name(), ctz.head(), where));
                }
            }
        }
    }

    /** The file system as far as it is known. */
    public Volume volume() {
        return volume;
    }

    /**
     * Refuses an image that cannot be read as a whole.
     *
     * @throws StoreException what stood in the way
     */
    public void requireComplete() throws StoreException {
        if (problem != null) {
            throw problem;
        }
    }

    /** The metadata pairs, the active block first. */
    public List<BlockPair> pairs() {
        return List.copyOf(pairs);
    }

    /** The files with blocks of their own. */
    public List<OwnedFile> files() {
        return List.copyOf(files);
    }
}
