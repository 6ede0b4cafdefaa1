package dev.morgana.spi.backend;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/**
 * A device that passes every request on to another one. A layer, or the double of a test, overrides what it changes. Reshaping
 * gives the same layer over the reshaped device, see {@link #wrapped}; so a
 * layer that overrides {@link #geometry} overrides {@link #reshape} too.
 */
public abstract class ForwardingBlockDevice implements BlockDevice {
    private final BlockDevice device;

    /**
     * Passes requests on.
     *
     * @param device takes them; closed with this one
     */
    protected ForwardingBlockDevice(BlockDevice device) {
        this.device = device;
    }

    /**
     * The device that takes the requests.
     *
     * @return the same for the life of this object
     */
    protected final BlockDevice device() {
        return device;
    }

    /**
     * This layer over another view of the same medium.
     *
     * @param reshaped the view
     * @return the layer over it, which shares whatever state this one has
     * @throws DeviceException if the layer cannot have that geometry
     */
    protected abstract BlockDevice wrapped(BlockDevice reshaped) throws DeviceException;

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
        BlockDevice reshaped = device.reshape(wanted);
        return reshaped == device ? this : wrapped(reshaped);
    }

    @Override
    public void close() throws DeviceException {
        device.close();
    }
}
