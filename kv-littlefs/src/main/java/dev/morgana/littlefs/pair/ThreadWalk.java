package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through all pairs of a file system along their tails, from {0, 1} on (section 7.4). */
public final class ThreadWalk {
    private final Pairs pairs;
    private final Set<BlockPair> visited = new HashSet<>();
    private @Nullable BlockPair next = BlockPair.SUPERBLOCK;
    private Position where;

    public ThreadWalk(Pairs pairs) {
        this.pairs = pairs;
        this.where = pairs.blocks().position(0, 0, "superblock pair");
    }

    /** Where the address of the next pair stands. */
    public Position where() {
        return where;
    }

    /**
     * The next pair, or null at the end.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if the thread leads in a circle or to a pair that cannot be read
     * @throws StoreException for this, or if the device fails
     */
    @Nullable
    public MetadataPair next() throws StoreException {
        if (next == null) {
            return null;
        }
        if (!visited.add(next.ordered())) {
            throw PeerError.corrupt(where, "a tail to a pair that is not on the thread yet", "pair " + next);
        }
        MetadataPair pair = pairs.get(next, where);
        Tail tail = pair.state().tail();
        next = null;
        if (tail != null) {
            next = tail.pair();
            where = pairs.blocks().position(pair.activeBlock(), tail.offset(), "tail");
        }
        return pair;
    }

    /** Goes on at another pair than the tail named, since that address was outdated. */
    public void continueAt(BlockPair address) {
        next = address;
    }
}
