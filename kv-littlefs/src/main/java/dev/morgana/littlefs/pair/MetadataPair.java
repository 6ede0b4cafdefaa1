package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.Tail;

/**
 * A metadata pair as it was fetched. Immutable.
 *
 * @param blocks its two blocks, the active one first
 * @param revision the active block's revision
 * @param endOffset where in the active block the next commit would begin
 * @param previous what that commit's first tag would be exclusive-ored with
 * @param erased whether nothing tells against that the bytes there are still erased (section 5.3)
 * @param proved whether they are: by a forward CRC, or since this mount wrote what is before them
 * @param state what the active block amounts to
 */
public record MetadataPair(
        BlockPair blocks, int revision, int endOffset, int previous, boolean erased, boolean proved, PairState state) {
    private static final long PAIR_BYTES = 128;
    private static final long ENTRY_BYTES = 128;
    private static final long ATTRIBUTE_BYTES = 64;

    public static MetadataPair of(long active, long other, LogScan scan, boolean erased, boolean proved) {
        assert scan.isUsable();
        return new MetadataPair(
                new BlockPair(active, other),
                scan.revision(),
                scan.endOffset(),
                scan.previous(),
                erased,
                proved,
                scan.state());
    }

    /** The block that counts. */
    public long activeBlock() {
        return blocks.first();
    }

    /** Whether another directory follows on the thread, which begins with this pair. */
    public boolean leadsTo(BlockPair first) {
        Tail tail = state.tail();
        return tail != null && !tail.hard() && tail.pair().sharesBlock(first);
    }

    /** The same pair, but to be compacted by the next commit. */
    public MetadataPair asNotErased() {
        return new MetadataPair(blocks, revision, endOffset, previous, false, false, state);
    }

    /** About how much memory this takes, in bytes. */
    long weight() {
        long weight = PAIR_BYTES;
        for (MetadataEntry entry : state.entries()) {
            weight += ENTRY_BYTES + entry.name().length();
            if (entry.struct() instanceof EntryStruct.Inline inline) {
                weight += inline.content().length;
            }
            for (byte[] attribute : entry.attributes().values()) {
                weight += ATTRIBUTE_BYTES + attribute.length;
            }
        }
        return weight;
    }
}
