package dev.morgana.spi;

import dev.morgana.spi.adapter.FlatTree;
import dev.morgana.spi.error.InvalidAddressException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnknownProviderException;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

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
 * <p>{@link #at(Path)} returns a {@link Target}, which takes a format, a driver and options, and opens or creates. The calls that
 * take the text of an address are short forms of it.
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
     * What a path names, taken literally: nothing in it needs escaping. The image identifies itself, unless the target is given a
     * format.
     *
     * @param path of the default file system
     * @return the target
     * @throws IllegalArgumentException if the path is of another file system, which no driver opens
     */
    public Target at(Path path) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(path + " is not a path of the default file system");
        }
        return at(StoreAddress.ofPath(path.toString()));
    }

    /**
     * What the text of an address names.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the target
     * @throws InvalidAddressException if it follows neither grammar
     */
    public Target at(String address) throws InvalidAddressException {
        return at(parse(address));
    }

    /**
     * What an address names.
     *
     * @param address where it is
     * @return the target
     */
    public Target at(StoreAddress address) {
        return new Target(providers, address);
    }

    /**
     * Opens a store for reading and writing, as a tree.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws InvalidAddressException if it follows neither grammar
     * @throws StoreException for this, and see {@link Target#open}
     */
    public KeyValueStore open(String address) throws StoreException {
        return at(address).open();
    }

    /**
     * Opens a store for reading only, as a tree. Nothing is written to the medium.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws InvalidAddressException if it follows neither grammar
     * @throws StoreException for this, and see {@link Target#open}
     */
    public ReadableStore openReadOnly(String address) throws StoreException {
        return at(address).readOnly().open();
    }

    /**
     * Opens a flat store for reading and writing, with its raw keys.
     *
     * @param address a URI or a path, see {@link StoreAddress}
     * @return the store; close it
     * @throws InvalidAddressException if it follows neither grammar
     * @throws StoreException for this, and see {@link Target#openFlat}
     */
    public FlatStore openFlat(String address) throws StoreException {
        return at(address).openFlat();
    }

    /**
     * Makes an empty store and opens it as a tree. A medium that does not exist is made; one that exists is formatted, so
     * that what was in it is lost.
     *
     * @param address a URI with a format, see {@link StoreAddress}
     * @return the store; close it
     * @throws InvalidAddressException if it follows neither grammar
     * @throws StoreException for this, and see {@link Target#createStore}
     */
    public KeyValueStore create(String address) throws StoreException {
        return at(address).create();
    }

    /**
     * Looks into an image that may be too damaged to open.
     *
     * @param address where it is
     * @return the tool facets; close them
     * @throws StoreException see {@link Target#inspect}
     */
    public Inspection inspect(StoreAddress address) throws StoreException {
        return at(address).inspect();
    }

    /**
     * The tree that a store is, or the tree over a flat one.
     *
     * @param store a store of either shape; the result owns it
     * @return the tree
     */
    public static KeyValueStore tree(Store store) {
        return store instanceof FlatStore flat ? FlatTree.over(flat) : (KeyValueStore) store;
    }
}
