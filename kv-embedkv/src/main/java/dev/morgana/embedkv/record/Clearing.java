package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockClass;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;

/** Frees every block but the header, on a device of which nothing is known. */
final class Clearing {
    private Clearing() {}

    /** Tells whether there is any block to be freed. */
    static boolean isNeeded(Blocks blocks) throws DeviceException {
        byte[] block = new byte[blocks.size()];
        for (int number = 1; number < blocks.count(); number++) {
            if (!isFree(blocks, number, block)) {
                return true;
            }
        }
        return false;
    }

    /** Writes the free pattern to each block that is not free already; no sync. */
    static void clear(Blocks blocks) throws DeviceException {
        byte[] block = new byte[blocks.size()];
        for (int number = 1; number < blocks.count(); number++) {
            if (!isFree(blocks, number, block)) {
                blocks.free(number);
            }
        }
    }

    /** A block of which the medium says that it cannot be read may be anything, and perhaps it can be written. */
    private static boolean isFree(Blocks blocks, int number, byte[] block) throws DeviceException {
        try {
            blocks.read(number, block);
            return BlockClass.isFree(block);
        } catch (BadBlockException e) {
            return false;
        }
    }
}
