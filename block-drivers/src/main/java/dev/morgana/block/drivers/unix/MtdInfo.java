package dev.morgana.block.drivers.unix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct mtd_info_user}, what an MTD device is.
 *
 * <pre>
 *   0      4       8      12          16          20        24        32
 *   +------+-------+------+-----------+-----------+---------+---------+
 *   | type | flags | size | erasesize | writesize | oobsize | padding |     the type is one byte, then a gap of three
 *   +------+-------+------+-----------+-----------+---------+---------+
 * </pre>
 *
 * @param type {@link #NOR} and so on
 * @param flags {@link #WRITEABLE} and so on
 * @param size of the device in bytes
 * @param eraseSize of a block in bytes
 * @param writeSize unit of programming in bytes
 */
record MtdInfo(int type, long flags, long size, int eraseSize, int writeSize) {
    static final int BYTES = 32;
    static final int NOR = 3;
    static final int WRITEABLE = 0x400;
    static final int FLAGS = 4;
    static final int SIZE = 8;
    static final int ERASE_SIZE = 12;
    static final int WRITE_SIZE = 16;

    static ByteBuffer allocate() {
        return ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    }

    /**
     * Reads the structure.
     *
     * @param structure what the system filled
     * @param size of the device: the structure has only its lowest 32 bits
     */
    static MtdInfo decode(ByteBuffer structure, long size) throws IOException {
        if (structure.getInt(SIZE) != (int) size) {
            throw new IOException("the flash says that it has " + Integer.toUnsignedLong(structure.getInt(SIZE))
                    + " bytes, and that it ends at " + size);
        }
        return new MtdInfo(
                structure.get(0) & 0xff,
                Integer.toUnsignedLong(structure.getInt(FLAGS)),
                size,
                structure.getInt(ERASE_SIZE),
                structure.getInt(WRITE_SIZE));
    }

    boolean isWriteable() {
        return (flags & WRITEABLE) != 0;
    }
}
