package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/**
 * Fails reads as its {@link ReadFailures} say, with a {@link DeviceIoException}: what a bad cable or a host's own trouble
 * does, which tells nothing of the medium. Programs, erases and syncs work all the while, so a store that takes such an error
 * for damage destroys what it could not read.
 */
public final class ReadFailDevice extends ForwardingBlockDevice {
    private final ReadFailures failures;

    private ReadFailDevice(BlockDevice inner, ReadFailures failures) {
        super(inner);
        this.failures = failures;
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one
     * @param failures which reads fail, perhaps shared with other devices
     * @return the device whose reads may fail
     */
    public static ReadFailDevice of(BlockDevice inner, ReadFailures failures) {
        return new ReadFailDevice(inner, failures);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new ReadFailDevice(view, failures);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int length = target.remaining();
        geometry().checkRead(position, length);
        if (length > 0 && failures.take()) {
            throw new DeviceIoException(name(), "read failed, as readfail was told to", position, length, null);
        }
        device().read(position, target);
    }
}
