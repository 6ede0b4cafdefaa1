package dev.morgana.tck.store;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;

/** A right device; each test spoils one method. */
class SpoiltDevice extends ForwardingBlockDevice {
    SpoiltDevice(BlockDevice inner) {
        super(inner);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return reshaped;
    }
}
