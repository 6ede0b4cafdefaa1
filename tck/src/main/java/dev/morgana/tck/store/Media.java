package dev.morgana.tck.store;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.provider.BlockDeviceProvider;
import java.nio.file.Path;

/** Makes the media that stores are tested on. */
@FunctionalInterface
public interface Media {
    /**
     * Makes a medium, erased.
     *
     * @param geometry the geometry of its device
     * @return the medium
     * @throws DeviceException if it cannot be made
     */
    TestMedium create(Geometry geometry) throws DeviceException;

    /**
     * Memory that takes whatever is programmed, over whatever was there, as files do.
     *
     * @return its maker
     */
    static Media ram() {
        return RamMedium::new;
    }

    /**
     * Memory that keeps the rules of flash: programming a unit that is not erased, or across blocks, fails the test.
     *
     * @return its maker
     */
    static Media flash() {
        return FlashMedium::new;
    }

    /**
     * Media that a driver opens, each on a file of its own. A driver that has the option {@code snapshot} keeps them there from
     * one opening to the next.
     *
     * @param driver a driver with the options {@code size}, {@code blockSize}, {@code readSize}, {@code progSize} and
     *     {@code erased}
     * @param folder where the files are, for the time of the tests
     * @return their maker
     */
    static Media ofDriver(BlockDeviceProvider driver, Path folder) {
        return new DriverMedia(driver, folder);
    }
}
