package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the blocks of an image are used for, as far as it can be read: pairs on the thread (in chamelon's dialect, which keeps
 * none, pairs in the tree) and files with blocks of their own.
 */
public final class BlockMap {
    private final Volume volume;
    private final List<BlockPair> pairs;
    private final List<OwnedFile> files = new ArrayList<>();

    /**
     * A file with blocks of its own.
     *
     * @param name its name, without the path
     * @param head where its blocks are
     */
    public record OwnedFile(FileName name, CtzHead head) {}

    private BlockMap(Volume volume, List<BlockPair> pairs) {
        this.volume = volume;
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Maps an image.
     *
     * @param blocks all blocks of the device
     * @throws StoreException if the device fails
     */
    public static BlockMap of(Blocks blocks, Settings settings) throws StoreException {
        Survey survey = Survey.of(blocks, settings);
        Volume volume = survey.volume();
        List<BlockPair> pairs = settings.dialect() == Dialect.CHAMELON
                ? treePairs(volume)
                : survey.thread().stream().map(Survey.Step::address).toList();
        BlockMap map = new BlockMap(volume, pairs);
        map.findFiles();
        return map;
    }

    private static List<BlockPair> treePairs(Volume volume) throws StoreException {
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
                // The map shows what can be read; the check tells what cannot.
            }
        }
        return List.copyOf(found);
    }

    private static void addDirectories(Volume volume, MetadataPair pair, List<Directory> pending)
            throws CorruptStoreException {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            Located entry = new Located(pair, id);
            if (entry.entry().isDirectory() && entry.entry().struct() instanceof EntryStruct.Directory) {
                pending.add(FilePath.directory(volume, entry));
            }
        }
    }

    private void findFiles() throws StoreException {
        for (BlockPair address : pairs) {
            MetadataPair pair =
                    volume.pairs().get(address, volume.blocks().position(address.first(), 0, "metadata pair"));
            for (MetadataEntry entry : pair.state().entries()) {
                if (entry.isFile() && entry.struct() instanceof EntryStruct.Ctz ctz) {
                    files.add(new OwnedFile(entry.name(), ctz.head()));
                }
            }
        }
    }

    /** The file system as far as it is known. */
    public Volume volume() {
        return volume;
    }

    /** The metadata pairs, the active block first. */
    public List<BlockPair> pairs() {
        return pairs;
    }

    /** The files with blocks of their own. */
    public List<OwnedFile> files() {
        return List.copyOf(files);
    }

    /** How many blocks the files have together, by their sizes. */
    public long fileBlocks() {
        return files.stream()
                .mapToLong(file -> volume.ctzLayout().blocks(file.head().size()))
                .sum();
    }
}
