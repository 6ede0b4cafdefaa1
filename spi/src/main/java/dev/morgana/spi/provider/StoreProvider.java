package dev.morgana.spi.provider;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/**
 * A storage format: a function from block devices to a store. Found through {@link java.util.ServiceLoader}; an
 * implementation has a public constructor without parameters, is cheap to make, and is safe for use by many threads.
 *
 * <p>Every method that takes devices gets at least one, and at most {@link #maxDevices()}. Devices come with whatever
 * geometry the driver found or was told; a provider {@linkplain BlockDevice#reshape reshapes} them to the format's.
 * A device that is larger than the store is no error.
 */
public interface StoreProvider {
    /**
     * The format's id, as in addresses.
     *
     * @return lower case letters, digits, {@code -} and {@code _}, beginning with a letter; unique among all installed formats
     *     and layers
     */
    String format();

    /**
     * What the format is.
     *
     * @return one line
     */
    String description();

    /**
     * How many devices one store may span, such as replicas.
     *
     * @return at least 1
     */
    default int maxDevices() {
        return 1;
    }

    /**
     * The options of {@link #format}, {@link #open} and {@link #inspect}.
     *
     * @return their declarations, in the order in which people should see them
     */
    List<Option<?>> options();

    /**
     * What an erased medium is opened with, where that is an empty store of this format, which nobody can recognise.
     *
     * @param geometry of the medium, with the state that it is in
     * @return the options that must be said, with the medium's own values; empty if an erased medium is no store
     */
    default Optional<Options> ofErased(Geometry geometry) {
        return Optional.empty();
    }

    /**
     * What firmware must be configured with to share an image of this format.
     *
     * @param info what {@link Store#info()} or {@link Inspection#info()} tell of the image
     * @return the configuration, or empty if there is nothing to say
     */
    default Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return Optional.empty();
    }

    /**
     * Looks whether the devices hold this format, without writing and with bounded reading. The devices stay the caller's.
     *
     * @param devices in their order
     * @return what was recognised, or empty
     * @throws StoreException if a device fails; that an image is damaged or of another format is no error
     */
    Optional<Identification> probe(List<BlockDevice> devices) throws StoreException;

    /**
     * Makes an empty store, whatever was on the devices before. After a power loss there is the old store, the new one, or
     * none. The devices stay the caller's, and open.
     *
     * @param devices in their order
     * @param options checked against {@link #options()} by this method
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or does not fit the devices; nothing was
     *     written
     * @throws dev.morgana.spi.error.NoSpaceException if the devices are too small; nothing was written
     * @throws StoreException for these, or if a device fails
     */
    void format(List<BlockDevice> devices, Options options) throws StoreException;

    /**
     * Opens a store. Nothing is written, unless the format's recovery must and a writable store was asked for. On success
     * the store owns the devices and closes them; on failure they stay the caller's, and open.
     *
     * <p>The store is read-only if {@link dev.morgana.spi.option.CommonOptions#READ_ONLY} is set or a device is read-only.
     *
     * @param devices in their order
     * @param options checked against {@link #options()} by this method; they override what the image says only where the
     *     format allows it, and contradict it otherwise
     * @return a {@link dev.morgana.spi.store.FlatStore} or a {@link dev.morgana.spi.store.KeyValueStore}
     * @throws dev.morgana.spi.error.CorruptStoreException if the devices hold no store of this format, or a damaged one
     * @throws dev.morgana.spi.error.UnsupportedFormatException if it is of a version that this provider cannot open
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or contradicts the image
     * @throws StoreException for these, or if a device fails
     */
    Store open(List<BlockDevice> devices, Options options) throws StoreException;

    /**
     * Looks into devices that may hold a damaged store. Writes nothing, and succeeds where {@link #open} fails. On success
     * the inspection owns the devices and closes them; on failure they stay the caller's, and open.
     *
     * @param devices in their order
     * @param options checked against {@link #options()} by this method
     * @return the tool facets
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong
     * @throws StoreException for this, or if a device fails
     */
    Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException;
}
