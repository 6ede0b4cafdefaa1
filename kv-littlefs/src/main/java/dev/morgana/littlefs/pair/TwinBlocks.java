package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/**
 * Writes whole blocks, as chamelon does: both of a pair get the same bytes, one after the other, so that at any time one of
 * them is intact. Chamelon knows no bad blocks.
 */
public final class TwinBlocks {
    private final Blocks blocks;

    public TwinBlocks(Blocks blocks) {
        this.blocks = blocks;
    }

    /**
     * Writes a pair durably. The change has happened when the first of the two writes has.
     *
     * @param pair the block that counts until then is its first
     * @param content of either block
     * @throws NoSpaceException if a block is bad; if it is the second, nothing has changed
     * @throws StoreException for this, or if the device fails
     */
    public void write(BlockPair pair, byte[] content) throws StoreException {
        write(pair.second(), content);
        blocks.sync();
        write(pair.first(), content);
        blocks.sync();
    }

    /**
     * Writes one block, not durable yet.
     *
     * @throws StoreException as {@link #write(BlockPair, byte[])} does
     */
    public void write(long block, byte[] content) throws StoreException {
        if (!blocks.erase(block) || !blocks.program(block, 0, ByteBuffer.wrap(content))) {
            throw PeerError.NOSPC.on(new NoSpaceException("block " + block + ", which is bad"));
        }
    }

    /**
     * Makes everything durable that was written.
     *
     * @throws StoreException if the device fails
     */
    public void sync() throws StoreException {
        blocks.sync();
    }
}
