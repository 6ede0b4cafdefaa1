package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnrecognizedImageException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * A store or a device to open or create: an address, further settings, and one of the calls that do the work.
 *
 * <pre>{@code
 * try (KeyValueStore store = morgana.at(path).format("ekv").option(EkvOptions.PAGE_SIZE, 4096).create()) {
 *     store.set(Key.of("settings"), settings);
 * }
 * }</pre>
 *
 * <p>Every call that opens something fails, before anything is written, with an
 * {@link dev.morgana.spi.error.UnknownProviderException} or {@link dev.morgana.spi.error.InvalidOptionException} if a name or
 * an option is wrong, and with a {@link dev.morgana.spi.error.DeviceException} if the medium cannot be opened; those are not
 * repeated below. After a failure nothing is left open or locked.
 *
 * <p>Instances are immutable and safe for use by many threads. The same one may open as often as its medium allows.
 */
public final class Target {
    private final Providers providers;
    private final StoreAddress address;

    Target(Providers providers, StoreAddress address) {
        this.providers = providers;
        this.address = address;
    }

    private Target to(StoreAddress changed) {
        return new Target(providers, changed);
    }

    /**
     * This target as an image of a format, instead of one that identifies itself.
     *
     * @param id the format's id; whether it is installed is checked when the target is used
     * @return the changed target
     */
    public Target format(String id) {
        return to(address.withFormat(id));
    }

    /**
     * This target with a driver, instead of the one that serves its path.
     *
     * @param name the driver's name; whether it is installed is checked when the target is used
     * @return the changed target
     */
    public Target driver(String name) {
        return to(address.withDriver(name));
    }

    /**
     * This target with one option set, which overrides the one of its address.
     *
     * @param <T> the type of its value
     * @param option the declaration
     * @param value the value; it is checked when the target is used
     * @return the changed target
     */
    public <T> Target option(Option<T> option, T value) {
        return options(Options.none().with(option, value));
    }

    /**
     * This target with one number or size set, which overrides the one of its address.
     *
     * @param option the declaration
     * @param value the value, in the option's unit; it is checked when the target is used
     * @return the changed target
     */
    public Target option(Option<Long> option, long value) {
        return options(Options.none().with(option, value));
    }

    /**
     * This target with further options, which override those of its address.
     *
     * @param more the options; they are checked when the target is used
     * @return the changed target
     */
    public Target options(Options more) {
        return to(address.with(more));
    }

    /**
     * This target for reading only: nothing is written to the medium, and others may read it at the same time.
     *
     * @return the changed target
     */
    public Target readOnly() {
        return option(CommonOptions.READ_ONLY, true);
    }

    /**
     * The address with every setting made so far.
     *
     * @return the address
     */
    public StoreAddress address() {
        return address;
    }

    /**
     * Opens the store as a tree: the one that it is, or one over a flat store.
     *
     * @return the store; close it
     * @throws StoreException see {@link #openStore}
     */
    public KeyValueStore open() throws StoreException {
        return Morgana.tree(openStore());
    }

    /**
     * Opens a flat store, with its raw keys.
     *
     * @return the store; close it
     * @throws InvalidRequestException if the store is a tree by nature
     * @throws StoreException see {@link #openStore}
     */
    public FlatStore openFlat() throws StoreException {
        Store store = openStore();
        if (store instanceof FlatStore flat) {
            return flat;
        }
        String format = store.info().format();
        store.close();
        throw new InvalidRequestException(address.uri() + " is of format " + format + ", a tree; open it as a tree");
    }

    /**
     * Opens the store in its own shape. Where no format was named, the image is identified. It is opened for reading only
     * where {@link #readOnly()} or {@link CommonOptions#READ_ONLY} says so.
     *
     * @return a {@link FlatStore} or a {@link KeyValueStore}; close it
     * @throws UnrecognizedImageException if no format was named and the image is of none that is installed, or of several
     * @throws dev.morgana.spi.error.CorruptStoreException if the image is damaged, or of another format than the named one
     * @throws dev.morgana.spi.error.UnsupportedFormatException if the image is of a version that cannot be opened
     * @throws StoreException for these, or if the device fails
     */
    public Store openStore() throws StoreException {
        return new Opening(providers, address).store();
    }

    /**
     * Makes an empty store and opens it as a tree. A medium that does not exist is made; one that exists is formatted, so
     * that what was in it is lost.
     *
     * @return the store; close it
     * @throws StoreException see {@link #createStore}
     */
    public KeyValueStore create() throws StoreException {
        return Morgana.tree(createStore());
    }

    /**
     * Makes an empty store and opens it in its own shape. A medium that does not exist is made; one that exists is formatted,
     * so that what was in it is lost.
     *
     * @return a {@link FlatStore} or a {@link KeyValueStore}; close it
     * @throws InvalidRequestException if no format was named
     * @throws dev.morgana.spi.error.NoSpaceException if the device is too small for the format
     * @throws StoreException for these, or if the device fails
     */
    public Store createStore() throws StoreException {
        return new Opening(providers, address).created();
    }

    /**
     * Looks into an image that may be too damaged to open. Writes nothing, unless a repair or another configuration is
     * asked for and the target is not read-only. Where no format was named, the image is identified. Store layers are left out.
     *
     * @return the tool facets; close them
     * @throws UnrecognizedImageException if no format was named and the image is of none that is installed, or of several
     * @throws StoreException for this, or if the device fails
     */
    public Inspection inspect() throws StoreException {
        return new Opening(providers, address).inspection();
    }

    /**
     * Finds out what an image is, without writing. The named format and the store layers are left out.
     *
     * @return what the installed formats recognise, the surest first; possibly nothing
     * @throws StoreException if the device cannot be opened or fails
     */
    public List<Identification> identify() throws StoreException {
        try (Devices devices = Medium.of(providers, address).open(AccessMode.READ_ONLY)) {
            return new Recognition(providers).probe(devices.all());
        }
    }

    /**
     * Opens the device with its layers. The format and the store layers are left out.
     *
     * @param mode what for
     * @return the device; close it
     * @throws StoreException if the device cannot be opened
     */
    public BlockDevice openDevice(AccessMode mode) throws StoreException {
        return Medium.of(providers, address).openAlone(mode);
    }

    /**
     * The address that opens an image again that was just created, for images whose bytes alone are not enough: formats without a
     * superblock, options that leave no trace on the medium yet, store layers. The image is opened for reading to find out.
     *
     * @return a format, a driver, and the options that are needed; empty if the bare path is enough, or the image is gone
     * @throws StoreException if the address is wrong
     */
    public Optional<StoreAddress> shortestAddress() throws StoreException {
        return new ShortestAddress(providers, address).find();
    }
}
