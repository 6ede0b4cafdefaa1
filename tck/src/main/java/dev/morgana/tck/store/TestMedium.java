package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;

/** Something that devices are opened on, again and again, for the time of one test. */
public interface TestMedium extends AutoCloseable {
    /**
     * Opens it. Every device opened before is closed by then.
     *
     * @param readOnly whether the device refuses to be changed
     * @return a device of the geometry that the medium was made with, and with the bytes that are there
     * @throws DeviceException if it cannot be opened
     */
    BlockDevice open(boolean readOnly) throws DeviceException;

    /** Removes the medium, after its devices were closed. */
    @Override
    void close();
}
