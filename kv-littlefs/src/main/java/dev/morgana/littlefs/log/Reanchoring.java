package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/**
 * Finds again what open files and directories stand on, after a failed write of which it is not known how much arrived. Pairs
 * are recognised by a common block, entries by their names.
 */
final class Reanchoring {
    private final Volume volume;

    Reanchoring(Volume volume) {
        this.volume = volume;
    }

    void run(List<Anchor> anchors) throws StoreException {
        for (Anchor anchor : anchors) {
            if (!anchor.isGone() && !find(anchor)) {
                anchor.go();
            }
        }
    }

    private boolean find(Anchor anchor) throws StoreException {
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            if (pair.blocks().sharesBlock(anchor.pair())) {
                anchor.moveTo(pair.blocks(), anchor.id());
                return anchor.kind() != Anchor.Kind.ENTRY || findEntry(anchor, pair);
            }
        }
        return false;
    }

    /** The entry may have another id, or be in one of the pairs that follow in the directory. */
    private boolean findEntry(Anchor anchor, MetadataPair from) throws StoreException {
        MetadataPair pair = from;
        while (!findIn(anchor, pair)) {
            Tail tail = pair.state().tail();
            if (tail == null || !tail.hard()) {
                return false;
            }
            BlockPair next = tail.pair();
            pair = volume.pairs().get(next, volume.blocks().position(next.first(), 0, "metadata pair"));
        }
        return true;
    }

    private static boolean findIn(Anchor anchor, MetadataPair pair) {
        List<MetadataEntry> entries = pair.state().entries();
        for (int id = 0; id < entries.size(); id++) {
            if (entries.get(id).name().equals(anchor.name())) {
                anchor.moveTo(pair.blocks(), id);
                return true;
            }
        }
        return false;
    }
}
