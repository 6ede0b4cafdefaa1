package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metadata pairs of a file system, from the cache or the device. Safe for use by many threads. */
public final class Pairs {
    private final Blocks blocks;
    private final Dialect dialect;
    private final PairReader reader;
    private final PairCache cache;

    /** New addresses of pairs that were moved, by the old ones, as long as something still names those. */
    private final Map<BlockPair, BlockPair> moved;

    /** The pairs of a device, none of them in memory yet. */
    public Pairs(Blocks blocks, Settings settings) {
        this(blocks, settings.dialect(), new PairCache(settings.metadataCacheBytes()), new ConcurrentHashMap<>());
    }

    private Pairs(Blocks blocks, Dialect dialect, PairCache cache, Map<BlockPair, BlockPair> moved) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.reader = new PairReader(blocks, dialect);
        this.cache = cache;
        this.moved = moved;
    }

    /** The same pairs where only that many blocks belong to the file system. */
    public Pairs withBlockCount(long count) {
        return new Pairs(blocks.withCount(count), dialect, cache, moved);
    }

    /** The blocks below. */
    public Blocks blocks() {
        return blocks;
    }

    /** By whose rules pairs are read. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Fetches a pair.
     *
     * @param address its two blocks
     * @param where where the address stands, for messages
     * @throws dev.morgana.spi.error.CorruptStoreException if there are no such blocks, or neither has an intact commit
     * @throws StoreException for this, or if the device fails
     */
    public MetadataPair get(BlockPair address, Position where) throws StoreException {
        blocks.checkBlock(address.first(), where);
        blocks.checkBlock(address.second(), where);
        BlockPair current = moved.getOrDefault(address.ordered(), address);
        MetadataPair cached = cache.get(current);
        if (cached != null) {
            return cached;
        }
        MetadataPair fetched = reader.read(current);
        cache.put(current, fetched);
        return fetched;
    }

    /** Keeps what was just written. */
    public void put(MetadataPair written) {
        cache.put(written.blocks(), written);
    }

    /** A pair is no more, or its blocks are other ones. */
    public void forget(BlockPair address) {
        cache.remove(address);
    }

    /** A pair was moved; until {@link #settled} its old address leads to the new one. */
    public void moved(BlockPair from, BlockPair to) {
        moved.put(from.ordered(), to);
    }

    /** Nothing names the old address any more. */
    public void settled(BlockPair from) {
        moved.remove(from.ordered());
        cache.remove(from);
    }

    /** Forgets everything, so that the device is asked again. */
    public void clear() {
        moved.clear();
        cache.clear();
    }
}
