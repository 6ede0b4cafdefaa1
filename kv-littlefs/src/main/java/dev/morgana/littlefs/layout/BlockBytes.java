package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** The bytes of one block, on a medium or in memory. Reading goes forward, apart from short steps back. */
public interface BlockBytes {
    /** The size of the block in bytes. */
    int size();

    /**
     * Some bytes of the block.
     *
     * @param offset the first byte, from the start of the block
     * @param length how many, within the block
     * @return a buffer of that many bytes, big-endian; it may change with the next call
     * @throws DeviceException if they cannot be read
     */
    ByteBuffer read(int offset, int length) throws DeviceException;
}
