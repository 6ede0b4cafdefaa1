package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Pairs;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;

/** The pairs at the beginning of the thread that have a superblock (section 7.3); the last one counts. */
public final class SuperblockChain {
    /** Chains grow by one each time that the superblock has worn out; longer ones are cut here. */
    private static final int LENGTH_MAX = 64;

    private SuperblockChain() {}

    /**
     * The last superblock that can be read, without walking the whole thread.
     *
     * @throws StoreException if the device fails
     */
    public static Optional<Superblock> last(Blocks blocks, Settings settings) throws StoreException {
        ThreadWalk thread = new ThreadWalk(new Pairs(blocks, settings));
        Optional<Superblock> last = Optional.empty();
        try {
            for (int length = 0; length < LENGTH_MAX; length++) {
                MetadataPair pair = thread.next();
                Optional<Superblock> found =
                        pair == null ? Optional.empty() : pair.state().superblock();
                if (found.isEmpty()) {
                    return last;
                }
                last = found;
            }
        } catch (CorruptStoreException e) {
            // What was read up to here is the best answer that there is.
            return last;
        }
        return last;
    }
}
