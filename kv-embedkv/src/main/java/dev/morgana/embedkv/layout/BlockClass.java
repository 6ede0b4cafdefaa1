package dev.morgana.embedkv.layout;

/** What a block is to those who look for room (section 7). Nothing but the first byte and the checksum counts. */
public enum BlockClass {
    /** A type and a right checksum, whatever the fields say. */
    USED,
    /** The first byte is 00 or ff, whatever comes after it. */
    FREE,
    /** Neither: such as a torn write. Nobody writes into it before recovery has freed it. */
    GARBAGE;

    private static final int FREE_ZERO = 0x00;
    private static final int FREE_ONES = 0xff;

    /** The class of a block. */
    public static BlockClass of(byte[] block) {
        if (isFree(block)) {
            return FREE;
        }
        for (BlockType type : BlockType.values()) {
            if (type.isOf(block) && type.fits(block.length) && BlockChecksum.isRight(block)) {
                return USED;
            }
        }
        return GARBAGE;
    }

    /** Tells whether the class is {@link #FREE}, without a look at the checksum. */
    public static boolean isFree(byte[] block) {
        int first = Byte.toUnsignedInt(block[0]);
        return first == FREE_ZERO || first == FREE_ONES;
    }
}
