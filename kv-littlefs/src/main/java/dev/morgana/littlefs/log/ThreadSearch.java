package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what refers to a pair: the tail before it on the thread, and the entry of its directory (section 9.9). */
public final class ThreadSearch {
    private ThreadSearch() {}

    /** The pair whose tail leads to this one. */
    public static Optional<MetadataPair> predecessor(Volume volume, BlockPair of) throws StoreException {
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            Tail tail = pair.state().tail();
            if (tail != null && tail.pair().sharesBlock(of)) {
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    /** The entry of the directory that begins with this pair. The source of a half-done rename is none any more. */
    public static Optional<DirectoryEntry> parent(Volume volume, BlockPair of) throws StoreException {
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            DirectoryEntry found = entryOf(volume, pair, of);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static @Nullable DirectoryEntry entryOf(Volume volume, MetadataPair pair, BlockPair of) {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            MetadataEntry entry = pair.state().entries().get(id);
            boolean refers = entry.struct() instanceof EntryStruct.Directory directory
                    && directory.pair().sharesBlock(of);
            if (refers && !volume.globalState().hides(pair.blocks(), id)) {
                return new DirectoryEntry(pair, id);
            }
        }
        return null;
    }
}
