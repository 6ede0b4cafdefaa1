package dev.morgana.spi.provider;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.List;

/**
 * A layer over any device, such as a partition or a fault: a function from devices to devices. Found through
 * {@link java.util.ServiceLoader}; the rules of {@link StoreProvider} for implementations count here too.
 */
public interface BlockLayerProvider {
    /**
     * The layer's name, as in addresses.
     *
     * @return lower case letters, digits, {@code -} and {@code _}, beginning with a letter; unique among all installed drivers
     *     and layers
     */
    String layer();

    /**
     * What the layer does.
     *
     * @return one line
     */
    String description();

    /**
     * The options of {@link #wrap}.
     *
     * @return their declarations, in the order in which people should see them
     */
    List<Option<?>> options();

    /**
     * Tells whether options ask for this layer without its name being in the address, as {@code offset} does for a partition.
     *
     * @param options the options of an address
     * @return whether they do
     */
    default boolean isImpliedBy(Options options) {
        return false;
    }

    /**
     * Puts the layer over a device. On success the answer owns the inner device and closes it; on failure it stays the
     * caller's.
     *
     * @param inner the device
     * @param options checked against {@link #options()} by this method
     * @return the layered device
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or does not fit the device
     * @throws StoreException for this, or if the device fails
     */
    BlockDevice wrap(BlockDevice inner, Options options) throws StoreException;
}
