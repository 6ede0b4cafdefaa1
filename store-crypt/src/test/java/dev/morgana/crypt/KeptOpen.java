package dev.morgana.crypt;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A device that a store closes only where it owns it: after formatting, and after an opening that failed, it is the caller's.
 *
 * @param device the device
 * @param owned whether closing closes it
 */
record KeptOpen(BlockDevice device, AtomicBoolean owned) implements BlockDevice {
    @Override
    public String name() {
        return device.name();
    }

    @Override
    public Geometry geometry() {
        return device.geometry();
    }

    @Override
    public boolean isReadOnly() {
        return device.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        device.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        device.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        device.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        device.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new KeptOpen(device.reshape(wanted), owned);
    }

    @Override
    public void close() throws DeviceException {
        if (owned.get()) {
            device.close();
        }
    }
}
