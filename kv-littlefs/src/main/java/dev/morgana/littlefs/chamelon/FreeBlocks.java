package dev.morgana.littlefs.chamelon;

import dev.morgana.spi.error.StoreException;
import java.util.List;

/** Where blocks for values and directories come from. */
public interface FreeBlocks {
    /**
     * Takes free blocks.
     *
     * @param count how many
     * @return their numbers, in the order in which they are to be used
     * @throws dev.morgana.spi.error.NoSpaceException if there are not as many; none is taken then
     * @throws StoreException for this, or if the file system cannot be walked to find out
     */
    List<Long> take(long count) throws StoreException;

    /** What was taken is part of the file system now, or was given up: whichever, the medium tells. */
    void settle();

    /** Forgets what is known of the medium; what was taken stays taken until it is settled. */
    void forget();
}
