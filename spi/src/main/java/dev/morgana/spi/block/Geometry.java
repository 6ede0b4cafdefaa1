package dev.morgana.spi.block;

/**
 * The units of a device. Positions and lengths of a read are multiples of the read size, those of a program multiples of the
 * program size; an erase covers one block. A program must not cross a block on media that forbid it (flash), so portable
 * code never lets it; reads may cross blocks everywhere.
 *
 * @param readSize the unit of reading in bytes, at least 1; divides the block size
 * @param programSize the unit of programming in bytes, at least 1; divides the block size
 * @param blockSize the unit of erasing in bytes, at least 1
 * @param blockCount the number of blocks, at least 0
 * @param erased what an erased block reads as
 */
public record Geometry(int readSize, int programSize, int blockSize, long blockCount, ErasedState erased) {
    public Geometry {
        if (readSize < 1 || programSize < 1 || blockSize < 1 || blockCount < 0) {
            throw new IllegalArgumentException("geometry has no such sizes: read " + readSize + ", program "
                    + programSize + ", block " + blockSize + ", blocks " + blockCount);
        }
        if (blockSize % readSize != 0 || blockSize % programSize != 0) {
            throw new IllegalArgumentException("block size " + blockSize + " is not a multiple of read size " + readSize
                    + " and program size " + programSize);
        }
        if (blockCount > Long.MAX_VALUE / blockSize) {
            throw new IllegalArgumentException(blockCount + " blocks of " + blockSize + " bytes exceed 2^63 bytes");
        }
    }

    /**
     * A geometry with units of one byte for reading and programming.
     *
     * @param blockSize the unit of erasing in bytes
     * @param blockCount the number of blocks
     * @return the geometry, erased to ones
     */
    public static Geometry ofBlocks(int blockSize, long blockCount) {
        return new Geometry(1, 1, blockSize, blockCount, ErasedState.ONES);
    }

    /**
     * The size of the device.
     *
     * @return {@code blockSize * blockCount}, in bytes
     */
    public long sizeBytes() {
        return blockSize * blockCount;
    }

    /**
     * The block that holds a position.
     *
     * @param position bytes from the start of the device
     * @return the number of the block, from 0
     */
    public long blockAt(long position) {
        return position / blockSize;
    }

    /**
     * Where a block begins.
     *
     * @param block the number of the block, from 0
     * @return bytes from the start of the device
     */
    public long startOf(long block) {
        return block * blockSize;
    }

    /**
     * This geometry with another number of blocks.
     *
     * @param count the number of blocks
     * @return the changed geometry
     */
    public Geometry withBlockCount(long count) {
        return new Geometry(readSize, programSize, blockSize, count, erased);
    }

    /**
     * This geometry with another erased state.
     *
     * @param state the erased state
     * @return the changed geometry
     */
    public Geometry withErased(ErasedState state) {
        return new Geometry(readSize, programSize, blockSize, blockCount, state);
    }

    /**
     * This geometry with other units; the size stays, less what fills no whole block at the end.
     *
     * @param read the unit of reading in bytes
     * @param program the unit of programming in bytes
     * @param block the unit of erasing in bytes
     * @return the changed geometry
     * @throws IllegalArgumentException if the sizes do not fit each other
     */
    public Geometry withUnits(int read, int program, int block) {
        if (block < 1) {
            throw new IllegalArgumentException("block size " + block + " is not positive");
        }
        return new Geometry(read, program, block, sizeBytes() / block, erased);
    }

    /**
     * Refuses a read that no device of this geometry can carry out. For devices, before any input or output.
     *
     * @param position bytes from the start of the device
     * @param length in bytes
     * @throws IllegalArgumentException if the range is outside the device or not aligned to the read size
     */
    public void checkRead(long position, int length) {
        check("read", position, length, readSize);
    }

    /**
     * Refuses a program that no device of this geometry can carry out. For devices, before any input or output.
     *
     * @param position bytes from the start of the device
     * @param length in bytes
     * @throws IllegalArgumentException if the range is outside the device or not aligned to the program size
     */
    public void checkProgram(long position, int length) {
        check("program", position, length, programSize);
    }

    /**
     * Refuses a program that crosses a block. For devices whose medium forbids it.
     *
     * @param position bytes from the start of the device
     * @param length in bytes
     * @throws IllegalArgumentException if the first and the last byte are in different blocks
     */
    public void checkWithinBlock(long position, int length) {
        if (length > 0 && blockAt(position) != blockAt(position + length - 1)) {
            throw new IllegalArgumentException(
                    "program at " + position + " of " + length + " bytes crosses a block of " + blockSize + " bytes");
        }
    }

    /**
     * Refuses an erase of a block that does not exist. For devices, before any input or output.
     *
     * @param block the number of the block
     * @throws IllegalArgumentException if it is negative or not below the block count
     */
    public void checkErase(long block) {
        if (block < 0 || block >= blockCount) {
            throw new IllegalArgumentException(
                    "erase of block " + block + ", the device has " + blockCount + " blocks");
        }
    }

    private void check(String operation, long position, int length, int unit) {
        if (position < 0 || length > sizeBytes() - position) {
            throw new IllegalArgumentException(operation + " at " + position + " of " + length
                    + " bytes is outside the device of " + sizeBytes() + " bytes");
        }
        if (position % unit != 0 || length % unit != 0) {
            throw new IllegalArgumentException(operation + " at " + position + " of " + length
                    + " bytes is not aligned to the " + operation + " size of " + unit + " bytes");
        }
    }
}
