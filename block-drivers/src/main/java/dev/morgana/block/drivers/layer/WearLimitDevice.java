package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes a number of erases of each block; after that an erase of it fails with {@link BadBlockException} and does nothing.
 * Wear is of the blocks of the inner device: an erase through a view with other blocks wears every one that it touches.
 *
 * <p>Memory grows with the number of blocks that were erased, by about 100 bytes each.
 */
public final class WearLimitDevice extends ForwardingBlockDevice {
    private final Wear wear;

    private WearLimitDevice(BlockDevice inner, Wear wear) {
        super(inner);
        this.wear = wear;
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device, taken as new; closed with this one
     * @param cycles how many erases each block takes, at least 0
     * @return the device that wears out
     */
    public static WearLimitDevice of(BlockDevice inner, long cycles) {
        if (cycles < 0) {
            throw new IllegalArgumentException("cycles is negative: " + cycles);
        }
        return new WearLimitDevice(inner, new Wear(cycles, inner.geometry().blockSize()));
    }

    /**
     * How often a block was erased.
     *
     * @param block its number, from 0, in blocks of the device around which the layer was put
     * @return the number, at most the limit
     */
    public long erases(long block) {
        return wear.erases(block);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new WearLimitDevice(view, wear);
    }

    @Override
    public void erase(long block) throws DeviceException {
        Geometry geometry = geometry();
        geometry.checkErase(block);
        if (!isReadOnly() && !wear.take(geometry.startOf(block), geometry.blockSize())) {
            throw new BadBlockException(name(), block, "erase");
        }
        device().erase(block);
    }

    /** What all views share: the erases of each block of the medium. */
    private static final class Wear {
        private final long cycles;
        private final int blockSize;
        private final Map<Long, Long> erases = new HashMap<>();

        Wear(long cycles, int blockSize) {
            this.cycles = cycles;
            this.blockSize = blockSize;
        }

        synchronized long erases(long block) {
            return erases.getOrDefault(block, 0L);
        }

        /** False, and nothing is worn, if one of the blocks in the range has no erase left. */
        synchronized boolean take(long start, long length) {
            long first = start / blockSize;
            long last = (start + length - 1) / blockSize;
            for (long block = first; block <= last; block++) {
                if (erases(block) >= cycles) {
                    return false;
                }
            }
            for (long block = first; block <= last; block++) {
                erases.merge(block, 1L, Long::sum);
            }
            return true;
        }
    }
}
