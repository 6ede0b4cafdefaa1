package dev.morgana.spi.provider;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A driver: it opens media as block devices. Found through {@link java.util.ServiceLoader}; the rules of
 * {@link StoreProvider} for implementations count here too.
 */
public interface BlockDeviceProvider {
    /**
     * The driver's name, as in addresses.
     *
     * @return lower case letters, digits, {@code -} and {@code _}, at least two, beginning with a letter; unique among all
     *     installed drivers
     */
    String driver();

    /**
     * What the driver serves.
     *
     * @return one line
     */
    String description();

    /**
     * Why this driver cannot work on the running system.
     *
     * @return the reason, or empty if it can
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * The options of {@link #open}.
     *
     * @return their declarations, in the order in which people should see them
     */
    List<Option<?>> options();

    /**
     * Tells whether this driver is the one for a path that was given without a driver's name.
     *
     * @param path the path; it need not exist
     * @return whether it is
     */
    default boolean serves(Path path) {
        return false;
    }

    /**
     * Opens a medium, and locks it for everybody else as the mode demands. After a failure nothing is left open or locked, and
     * no medium was changed.
     *
     * @param part the driver's part of the address, such as a path; may be empty
     * @param mode what for
     * @param options checked against {@link #options()} by this method
     * @return the device
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or does not fit the medium
     * @throws dev.morgana.spi.error.DeviceLockedException if somebody else has the medium open
     * @throws dev.morgana.spi.error.DeviceIoException if the medium does not exist or cannot be opened
     * @throws StoreException for any of these
     */
    BlockDevice open(String part, AccessMode mode, Options options) throws StoreException;
}
