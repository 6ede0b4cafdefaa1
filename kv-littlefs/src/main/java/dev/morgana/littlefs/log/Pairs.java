package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;

/** The metadata pairs of a file system, from the cache or the device. Safe for use by many threads. */
public final class Pairs {
    private final Blocks blocks;
    private final Dialect dialect;
    private final boolean forwardCrcNeeded;
    private final PairReader reader;
    private final PairCache cache;

    /** The pairs of a device, none of them in memory yet. */
    Pairs(Blocks blocks, Settings settings) {
        this(blocks, settings.dialect(), settings.minorVersion() > 0, new PairCache(settings.metadataCacheBytes()));
    }

    private Pairs(Blocks blocks, Dialect dialect, boolean forwardCrcNeeded, PairCache cache) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.forwardCrcNeeded = forwardCrcNeeded;
        this.reader = new PairReader(blocks, dialect, forwardCrcNeeded);
        this.cache = cache;
    }

    /** The same pairs where only that many blocks belong to the file system. */
    Pairs withBlockCount(long count) {
        return new Pairs(blocks.withCount(count), dialect, forwardCrcNeeded, cache);
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
        MetadataPair cached = cache.get(address);
        if (cached != null) {
            return cached;
        }
        MetadataPair fetched = reader.read(address);
        cache.put(address, fetched);
        return fetched;
    }
}
