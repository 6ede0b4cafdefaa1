package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceReadOnlyException;
import java.nio.ByteBuffer;

/** Refuses programs and erases, whatever the inner device allows. A sync still makes durable what was written below. */
public final class ReadOnlyDevice extends ForwardingBlockDevice {
    private ReadOnlyDevice(BlockDevice inner) {
        super(inner);
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one
     * @return the read-only device
     */
    public static ReadOnlyDevice of(BlockDevice inner) {
        return new ReadOnlyDevice(inner);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new ReadOnlyDevice(view);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceReadOnlyException {
        geometry().checkProgram(position, source.remaining());
        throw new DeviceReadOnlyException(name(), "program");
    }

    @Override
    public void erase(long block) throws DeviceReadOnlyException {
        geometry().checkErase(block);
        throw new DeviceReadOnlyException(name(), "erase");
    }
}
