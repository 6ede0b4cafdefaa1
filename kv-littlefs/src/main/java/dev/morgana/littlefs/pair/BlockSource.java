package dev.morgana.littlefs.pair;

import dev.morgana.spi.error.StoreException;

/** Where pairs get their blocks from. */
public interface BlockSource {
    /**
     * Takes a free block.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if there is none
     * @throws StoreException for this, or if the file system cannot be walked to find out
     */
    long allocate() throws StoreException;

    /** Gives a block back. */
    void free(long block);

    /** Gives back a block that is bad. */
    void reject(long block);

    /**
     * How many blocks are in use.
     *
     * @throws StoreException if the file system cannot be walked to find out
     */
    long used() throws StoreException;
}
