package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/**
 * Finds again what open files and directories stand on, after a failed write of which it is not known how much arrived. Pairs
 * are recognised by a common block, entries by their names.
 */
final class TrackerRecovery {
    private final Volume volume;

    TrackerRecovery(Volume volume) {
        this.volume = volume;
    }

    void run(List<Tracker> trackers) throws StoreException {
        for (Tracker tracker : trackers) {
            if (!tracker.isGone() && !find(tracker)) {
                tracker.go();
            }
        }
    }

    private boolean find(Tracker tracker) throws StoreException {
        ThreadWalk thread = new ThreadWalk(volume.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            if (pair.blocks().sharesBlock(tracker.pair())) {
                tracker.moveTo(pair.blocks(), tracker.id());
                return tracker.kind() != Tracker.Kind.ENTRY || findEntry(tracker, pair);
            }
        }
        return false;
    }

    /** The entry may have another id, or be in one of the pairs that follow in the directory. */
    private boolean findEntry(Tracker tracker, MetadataPair from) throws StoreException {
        MetadataPair pair = from;
        while (!findIn(tracker, pair)) {
            Tail tail = pair.state().tail();
            if (tail == null || !tail.hard()) {
                return false;
            }
            BlockPair next = tail.pair();
            pair = volume.pairs().get(next, volume.blocks().position(next.first(), 0, "metadata pair"));
        }
        return true;
    }

    private static boolean findIn(Tracker tracker, MetadataPair pair) {
        List<MetadataEntry> entries = pair.state().entries();
        for (int id = 0; id < entries.size(); id++) {
            if (entries.get(id).name().equals(tracker.name())) {
                tracker.moveTo(pair.blocks(), id);
                return true;
            }
        }
        return false;
    }
}
