package dev.morgana.spi;

import dev.morgana.spi.adapter.FlatTree;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnknownProviderException;
import dev.morgana.spi.error.UnrecognizedImageException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The façade: opens, creates and identifies stores by address, with whatever formats, drivers and layers are installed. It
 * knows none of them by name.
 *
 * <pre>{@code
 * try (KeyValueStore store = Morgana.load().open("littlefs+file:image.bin")) {
 *     byte[] settings = store.get(Key.of("/etc/settings.json"));
 * }
 * }</pre>
 *
 * <p>Every method that takes an address fails, before anything is written, with an
 * {@link dev.morgana.spi.error.InvalidAddressException}, {@link UnknownProviderException} or {@link InvalidOptionException}
 * where its words are wrong, and with a {@link DeviceException} where the medium cannot be opened; those are not repeated
 * below. After a failure nothing is left open or locked.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class Morgana {
    private final Providers providers;

    private Morgana(Providers providers) {
        this.providers = providers;
    }

    /**
     * What the thread's context class loader finds, on the module path and the class path.
     *
     * @return the façade
     */
    public static Morgana load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? Morgana.class.getClassLoader() : context);
    }

    /**
     * What a class loader finds.
     *
     * @param loader the class loader
     * @return the façade
     */
    public static Morgana load(ClassLoader loader) {
        return new Morgana(Providers.of(loader));
    }

    /**
     * What a module layer and its parents provide.
     *
     * @param layer the layer, such as one made for plug-ins
     * @return the façade
     */
    public static Morgana load(ModuleLayer layer) {
        return new Morgana(Providers.of(layer));
    }

    /**
     * The installed formats.
     *
     * @return by id, ascending
     */
    public List<StoreProvider> formats() {
        return providers.formats();
    }

    /**
     * The installed store layers.
     *
     * @return by name, ascending
     */
    public List<StoreLayerProvider> storeLayers() {
        return providers.storeLayers();
    }

    /**
     * The installed drivers, also those that cannot work on the running system.
     *
     * @return by name, ascending
     */
    public List<BlockDeviceProvider> drivers() {
        return providers.drivers();
    }

    /**
     * The installed device layers.
     *
     * @return by name, ascending
     */
    public List<BlockLayerProvider> deviceLayers() {
        return providers.deviceLayers();
    }

    /**
     * Providers that are there and could not be used.
     *
     * @return one line each; usually none
     */
    public List<String> problems() {
        return providers.problems();
    }

    /**
     * One installed format.
     *
     * @param id its id
     * @return its provider
     * @throws UnknownProviderException if no such format is installed
     */
    public StoreProvider format(String id) throws UnknownProviderException {
        return providers.format(id);
    }

    /**
     * Takes an address apart. Whether the names in a URI are installed is checked when it is used.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return its parts
     * @throws InvalidAddressException if it follows neither grammar
     */
    public StoreAddress parse(String address) throws InvalidAddressException {
        return new AddressReader(providers, address).read();
    }

    /**
     * Opens a store for reading and writing, as a tree.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws StoreException see {@link #openStore}
     */
    public KeyValueStore open(String address) throws StoreException {
        return tree(openStore(parse(address)));
    }

    /**
     * Opens a store for reading only, as a tree. Nothing is written to the medium.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws StoreException see {@link #openStore}
     */
    public ReadableStore openReadOnly(String address) throws StoreException {
        return tree(openStore(parse(address).with(Options.none().with(CommonOptions.READ_ONLY, true))));
    }

    /**
     * Opens a flat store for reading and writing, with its raw keys.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws InvalidRequestException if the store is a tree by nature
     * @throws StoreException see {@link #openStore}
     */
    public FlatStore openFlat(String address) throws StoreException {
        Store store = openStore(parse(address));
        if (store instanceof FlatStore flat) {
            return flat;
        }
        String format = store.info().format();
        store.close();
        throw new InvalidRequestException(address + " is of format " + format + ", a tree; open it as a tree");
    }

    /**
     * The tree that a store is, or the tree over a flat one.
     *
     * @param store a store of either shape; the answer owns it
     * @return the tree
     */
    public static KeyValueStore tree(Store store) {
        return store instanceof FlatStore flat ? FlatTree.over(flat) : (KeyValueStore) store;
    }

    /**
     * Opens a store in its own shape. Without a format in the address the image is identified. It is opened for reading only
     * where {@link CommonOptions#READ_ONLY} says so.
     *
     * @param address where it is
     * @return a {@link FlatStore} or a {@link KeyValueStore}; close it
     * @throws UnrecognizedImageException if the address has no format and the image none that is installed, or several
     * @throws dev.morgana.spi.error.CorruptStoreException if the image is damaged, or of another format than the address says
     * @throws dev.morgana.spi.error.UnsupportedFormatException if the image is of a version that cannot be opened
     * @throws StoreException for these, or if the device fails
     */
    public Store openStore(StoreAddress address) throws StoreException {
        Devices devices = new Devices(providers, address);
        if (address.format().isPresent()) {
            checkOptions(address, devices);
        }
        List<BlockDevice> opened = devices.open(mode(address));
        try {
            StoreAddress full = address.format().isPresent() ? address : recognized(address, devices, opened);
            checkOptions(full, devices);
            StoreProvider format = providers.format(full.format().orElseThrow());
            return wrapped(full, format.open(opened, full.options().only(format.options())), false);
        } catch (StoreException | RuntimeException e) {
            Devices.close(opened, e);
            throw e;
        }
    }

    private static AccessMode mode(StoreAddress address) throws StoreException {
        return address.options().get(CommonOptions.READ_ONLY) ? AccessMode.READ_ONLY : AccessMode.READ_WRITE;
    }

    /** Puts the store layers of an address over a store, which is closed if that fails. */
    private Store wrapped(StoreAddress address, Store inner, boolean initialize) throws StoreException {
        Store store = inner;
        try {
            List<String> layers = address.storeLayers();
            for (int i = layers.size() - 1; i >= 0; i--) {
                StoreLayerProvider layer = providers.storeLayer(layers.get(i));
                Options options = address.options().only(layer.options());
                if (initialize) {
                    layer.initialize(store, options);
                }
                store = layer.wrap(store, options);
            }
            return store;
        } catch (StoreException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Makes an empty store and opens it as a tree. A medium that does not exist is made; one that exists is formatted, so
     * that what was in it is lost.
     *
     * @param address a URI with a format, see {@link StoreAddress}
     * @return the store; close it
     * @throws StoreException see {@link #createStore}
     */
    public KeyValueStore create(String address) throws StoreException {
        return tree(createStore(parse(address)));
    }

    /**
     * Makes an empty store and opens it in its own shape. A medium that does not exist is made; one that exists is formatted,
     * so that what was in it is lost.
     *
     * @param address an address with a format
     * @return a {@link FlatStore} or a {@link KeyValueStore}; close it
     * @throws InvalidRequestException if the address has no format
     * @throws dev.morgana.spi.error.NoSpaceException if the device is too small for the format
     * @throws StoreException for these, or if the device fails
     */
    public Store createStore(StoreAddress address) throws StoreException {
        String id = address.format()
                .orElseThrow(() -> new InvalidRequestException(
                        "no format to create in " + address.medium() + "; write format+driver:part"));
        StoreProvider format = providers.format(id);
        Devices devices = new Devices(providers, address);
        checkOptions(address, devices);
        List<BlockDevice> opened = devices.open(AccessMode.CREATE);
        try {
            Options options = address.options().only(format.options());
            format.format(opened, options);
            return wrapped(address, format.open(opened, options), true);
        } catch (StoreException | RuntimeException e) {
            Devices.close(opened, e);
            throw e;
        }
    }

    /**
     * How an image that was just made is opened again, where its bytes alone do not tell everything: formats without a superblock,
     * options that nothing on the medium shows yet, store layers. It is opened for reading to find out.
     *
     * @param address under which it was made, and closed since
     * @return a format, a driver, and the options that are needed; empty if the bare path is enough, or the image is gone
     * @throws StoreException if the address is wrong
     */
    public Optional<StoreAddress> addressToOpen(StoreAddress address) throws StoreException {
        String driver = new Devices(providers, address).driver();
        return new AddressToOpen(this, address).find().map(found -> found.withDriver(driver));
    }

    /**
     * Looks what an image is, without writing.
     *
     * @param address where it is; its format and layers of a store are not used
     * @return what the installed formats recognise, the surest first; possibly nothing
     * @throws StoreException if the device cannot be opened or fails
     */
    public List<Identification> identify(StoreAddress address) throws StoreException {
        List<BlockDevice> opened = new Devices(providers, address).open(AccessMode.READ_ONLY);
        try {
            List<Identification> found = probe(opened);
            close(opened);
            return found;
        } catch (StoreException | RuntimeException e) {
            Devices.close(opened, e);
            throw e;
        }
    }

    private List<Identification> probe(List<BlockDevice> devices) throws StoreException {
        List<Identification> found = new ArrayList<>();
        for (StoreProvider format : providers.formats()) {
            if (devices.size() <= format.maxDevices()) {
                format.probe(devices).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Identification::confidence).reversed().thenComparing(Identification::format));
        return found;
    }

    /** The address with the format, and the options, that the image itself tells. */
    private StoreAddress recognized(StoreAddress address, Devices devices, List<BlockDevice> opened)
            throws StoreException {
        List<Identification> found = probe(opened);
        if (found.isEmpty()) {
            throw new UnrecognizedImageException(address.medium(), nothing(address, devices, opened), List.of());
        }
        List<Identification> best = found.stream()
                .filter(one -> one.confidence() == found.get(0).confidence())
                .toList();
        if (best.size() > 1) {
            List<String> candidates = best.stream().map(Identification::format).toList();
            throw new UnrecognizedImageException(
                    address.medium(),
                    "may be " + String.join(" or ", candidates) + "; name the format, as in " + candidates.get(0)
                            + "+file:...",
                    candidates);
        }
        Identification one = best.get(0);
        Options options = address.options().orElse(one.options());
        return address.withFormat(one.format()).with(options);
    }

    /** What to do about an image that nobody recognises. An erased one may be an empty store all the same. */
    private String nothing(StoreAddress address, Devices devices, List<BlockDevice> opened) throws StoreException {
        String none = "holds no image of an installed format (" + ids(providers.formats()) + "); it ";
        Optional<Geometry> erased = ErasedMedium.of(opened.get(0));
        for (StoreProvider format : erased.isPresent() ? providers.formats() : List.<StoreProvider>of()) {
            Optional<Options> options = format.ofErased(erased.get());
            if (options.isPresent()) {
                StoreAddress full = address.withFormat(format.format())
                        .withDriver(devices.driver())
                        .with(options.get());
                return none + "is erased, as an empty " + format.format() + " is: open that as '"
                        + full.withOnly(full.options().without(CommonOptions.READ_ONLY.name()))
                                .uri()
                        + "', with the values of the firmware";
            }
        }
        return none + "may be empty, damaged, or begin at another offset";
    }

    private static String ids(List<StoreProvider> formats) {
        return formats.isEmpty()
                ? "none"
                : String.join(", ", formats.stream().map(StoreProvider::format).toList());
    }

    /**
     * Looks into an image that may be too damaged to open. Writes nothing, unless a repair or another configuration is
     * asked for and the address is not read-only. Without a format in the address the image is identified.
     *
     * @param address where it is; its store layers are not used
     * @return the tool facets; close it
     * @throws UnrecognizedImageException if the address has no format and the image none that is installed, or several
     * @throws StoreException for this, or if the device fails
     */
    public Inspection inspect(StoreAddress address) throws StoreException {
        Devices devices = new Devices(providers, address);
        if (address.format().isPresent()) {
            checkOptions(address, devices);
        }
        List<BlockDevice> opened = devices.open(mode(address));
        try {
            StoreAddress full = address.format().isPresent() ? address : recognized(address, devices, opened);
            checkOptions(full, devices);
            StoreProvider format = providers.format(full.format().orElseThrow());
            return format.inspect(opened, full.options().only(format.options()));
        } catch (StoreException | RuntimeException e) {
            Devices.close(opened, e);
            throw e;
        }
    }

    /**
     * Opens the device of an address, with its layers.
     *
     * @param address where it is; its format and store layers are not used
     * @param mode what for
     * @return the device; close it
     * @throws StoreException if the device cannot be opened
     */
    public BlockDevice openDevice(StoreAddress address, AccessMode mode) throws StoreException {
        Devices devices = new Devices(providers, address);
        if (devices.count() != 1) {
            throw new InvalidOptionException(CommonOptions.REPLICA.name(), "a device has no replicas");
        }
        return devices.open(mode).get(0);
    }

    /** Refuses what nobody declares, so that a misspelt option never means its default. */
    private void checkOptions(StoreAddress address, Devices devices) throws StoreException {
        StoreProvider format = providers.format(address.format().orElseThrow());
        List<Option<?>> declared = new ArrayList<>(format.options());
        for (String layer : address.storeLayers()) {
            declared.addAll(providers.storeLayer(layer).options());
        }
        declared.addAll(devices.options());
        declared.add(CommonOptions.READ_ONLY);
        if (format.maxDevices() > 1) {
            declared.add(CommonOptions.REPLICA);
        }
        address.options().check(declared);
        if (devices.count() > format.maxDevices()) {
            throw new InvalidOptionException(
                    CommonOptions.REPLICA.name(),
                    "format " + format.format() + " takes at most " + (format.maxDevices() - 1)
                            + " replicas beside the first");
        }
    }

    private static void close(List<BlockDevice> devices) throws DeviceException {
        for (BlockDevice device : devices) {
            device.close();
        }
    }
}
