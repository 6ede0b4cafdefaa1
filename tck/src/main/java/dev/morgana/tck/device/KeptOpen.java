package dev.morgana.tck.device;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A device that stays open when it is closed, until somebody is said to own it. */
public final class KeptOpen extends ForwardingBlockDevice {
    private final AtomicBoolean owned;

    /**
     * A device that nobody owns and nobody closes.
     *
     * @param device the device
     */
    public KeptOpen(BlockDevice device) {
        this(device, new AtomicBoolean());
    }

    /**
     * A device that a store closes only where it owns it: after formatting, and after an opening that failed, it is the caller's.
     *
     * @param device the device
     * @param owned whether closing closes it
     */
    public KeptOpen(BlockDevice device, AtomicBoolean owned) {
        super(device);
        this.owned = owned;
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new KeptOpen(reshaped, owned);
    }

    @Override
    public void close() throws DeviceException {
        if (owned.get()) {
            device().close();
        }
    }
}
