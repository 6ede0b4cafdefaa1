package dev.morgana.embedkv.layout;

import java.util.zip.CRC32;

/**
 * The checksum in the last four bytes of every block that is not free: the CRC-32 of all its bytes, with those four taken as
 * zero (section 6).
 */
public final class BlockChecksum {
    /** The size of the field. */
    public static final int BYTES = 4;

    private static final byte[] ZEROS = new byte[BYTES];

    private BlockChecksum() {}

    /** What the field of a block ought to be, 0 to 2^32-1. */
    public static long of(byte[] block) {
        CRC32 crc = new CRC32();
        crc.update(block, 0, block.length - BYTES);
        crc.update(ZEROS);
        return crc.getValue();
    }

    /** What the field of a block is, 0 to 2^32-1. */
    public static long stored(byte[] block) {
        return BlockBytes.u32(BlockBytes.of(block), block.length - BYTES);
    }

    /** Tells whether the field of a block is right. */
    public static boolean isRight(byte[] block) {
        return stored(block) == of(block);
    }

    /** Writes the field of a block that is complete but for it. */
    static void seal(byte[] block) {
        BlockBytes.of(block).putInt(block.length - BYTES, (int) of(block));
    }

    /** The defect of a block whose field is wrong. */
    static Defect defect(byte[] block) {
        return new Defect(
                block.length - BYTES,
                "checksum " + Long.toHexString(of(block)),
                Long.toHexString(stored(block)),
                Defect.Kind.CHECKSUM);
    }
}
