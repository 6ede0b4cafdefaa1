package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetched pairs by their blocks, the ones used longest ago dropped first. Safe for use by many threads. */
final class PairCache {
    private final long capacityBytes;
    private final Map<BlockPair, MetadataPair> pairs = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** A cache of about this much memory; with 0 it keeps nothing. */
    PairCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    synchronized @Nullable MetadataPair get(BlockPair address) {
        return pairs.get(address.ordered());
    }

    synchronized void remove(BlockPair address) {
        MetadataPair removed = pairs.remove(address.ordered());
        bytes -= removed == null ? 0 : removed.weight();
    }

    synchronized void clear() {
        pairs.clear();
        bytes = 0;
    }

    /** Keeps a pair in place of what was kept for its blocks before. */
    synchronized void put(BlockPair address, MetadataPair pair) {
        remove(address);
        if (pair.weight() > capacityBytes) {
            return;
        }
        pairs.put(address.ordered(), pair);
        bytes += pair.weight();
        Iterator<MetadataPair> oldest = pairs.values().iterator();
        while (bytes > capacityBytes) {
            bytes -= oldest.next().weight();
            oldest.remove();
        }
    }
}
