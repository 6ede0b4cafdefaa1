package dev.morgana.tck.store;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;

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
}
