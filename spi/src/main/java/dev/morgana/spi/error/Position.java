package dev.morgana.spi.error;

/**
 * Where on a medium something is.
 *
 * @param device the device's {@linkplain dev.morgana.spi.block.BlockDevice#name() name}
 * @param block the number of the erase block, from 0, or {@link #NO_BLOCK} if the offset counts from the start of the device
 * @param offset in bytes, from the start of the block, or of the device where there is no block
 * @param structure what is (or should be) there, in the format's own words, such as {@code metadata pair} or {@code entry
 *     header}
 */
public record Position(String device, long block, long offset, String structure) {
    /** The value of {@link #block()} for a place that is given from the start of the device. */
    public static final long NO_BLOCK = -1;

    public Position {
        if (block < NO_BLOCK || offset < 0) {
            throw new IllegalArgumentException("block " + block + ", offset " + offset + " is not a position");
        }
    }

    /** The place in one phrase, such as {@code metadata pair (file:a.img, block 7, offset 0x40)}. */
    @Override
    public String toString() {
        String where = block == NO_BLOCK ? "" : "block " + block + ", ";
        return structure + " (" + device + ", " + where + "offset 0x" + Long.toHexString(offset) + ")";
    }
}
