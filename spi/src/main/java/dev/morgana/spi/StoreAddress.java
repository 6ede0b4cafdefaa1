package dev.morgana.spi;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import java.util.List;
import java.util.Optional;

/**
 * Where a store or a device is, taken apart. Two forms are read by {@link Morgana#parse}:
 *
 * <pre>
 *   address  = uri | path
 *   uri      = [ store layer "+" ]... [ format "+" ] [ device layer "+" ]... driver ":" part [ "@" offset [ "+" length ] ]
 *              [ "?" options ] [ "#" entry ]
 *   options  = name [ "=" value ] [ "&amp;" name [ "=" value ] ]...
 *   path     = file [ "@" offset [ "+" length ] ] [ ":/" entry ]
 * </pre>
 *
 * A text is a URI if its prefix names an installed driver, or names any installed format or layer before a {@code '+'}; else
 * it is a path. In a URI {@code %XX} stands for a byte of UTF-8, so that a file name may hold {@code ?}, {@code #} or
 * {@code &}; a path is taken as it is. The last {@code ":/"} of a path separates file and entry, unless it belongs to a
 * drive letter. Offsets and lengths are sizes such as {@code 0x10000} or {@code 64KiB}; what looks like them belongs to the name
 * of a file that exists, and to the part of a URI where {@code %40} stands for the {@code '@'}.
 *
 * @param storeLayers names of the store layers, outermost first
 * @param format the format's id, or empty if the image is to identify itself
 * @param deviceLayers names of the device layers, outermost first
 * @param driver the driver's name, or empty if it follows from the path
 * @param part the driver's part, such as a path
 * @param options the options, not yet checked
 * @param entry the key within the store, or empty if none was given
 */
public record StoreAddress(
        List<String> storeLayers,
        Optional<String> format,
        List<String> deviceLayers,
        Optional<String> driver,
        String part,
        Options options,
        Optional<Key> entry) {
    public StoreAddress {
        storeLayers = List.copyOf(storeLayers);
        deviceLayers = List.copyOf(deviceLayers);
        if (!storeLayers.isEmpty() && format.isEmpty()) {
            throw new IllegalArgumentException("store layers " + storeLayers + " need a format");
        }
    }

    /**
     * The address of an image that identifies itself, without any option.
     *
     * @param path the path of the image
     * @return the address
     */
    public static StoreAddress ofPath(String path) {
        return new StoreAddress(
                List.of(), Optional.empty(), List.of(), Optional.empty(), path, Options.none(), Optional.empty());
    }

    /**
     * This address with further options, which count before its own.
     *
     * @param more the options
     * @return the changed address
     */
    public StoreAddress with(Options more) {
        return new StoreAddress(storeLayers, format, deviceLayers, driver, part, more.orElse(options), entry);
    }

    /**
     * This address with these options and no other.
     *
     * @param only the options
     * @return the changed address
     */
    public StoreAddress withOnly(Options only) {
        return new StoreAddress(storeLayers, format, deviceLayers, driver, part, only, entry);
    }

    /**
     * This address with a driver.
     *
     * @param name the driver's name
     * @return the changed address
     */
    public StoreAddress withDriver(String name) {
        return new StoreAddress(storeLayers, format, deviceLayers, Optional.of(name), part, options, entry);
    }

    /**
     * This address with a format.
     *
     * @param id the format's id
     * @return the changed address
     */
    public StoreAddress withFormat(String id) {
        return new StoreAddress(storeLayers, Optional.of(id), deviceLayers, driver, part, options, entry);
    }

    /**
     * This address, which has a format, with other store layers.
     *
     * @param names their names, outermost first
     * @return the changed address
     */
    public StoreAddress withStoreLayers(List<String> names) {
        return new StoreAddress(names, format, deviceLayers, driver, part, options, entry);
    }

    /**
     * This address with another part of the driver, such as the path of another file.
     *
     * @param other the part
     * @return the changed address
     */
    public StoreAddress withPart(String other) {
        return new StoreAddress(storeLayers, format, deviceLayers, driver, other, options, entry);
    }

    /**
     * This address with another entry.
     *
     * @param key the key within the store
     * @return the changed address
     */
    public StoreAddress withEntry(Key key) {
        return new StoreAddress(storeLayers, format, deviceLayers, driver, part, options, Optional.of(key));
    }

    /**
     * The same image without layers of a store, format and entry, for messages.
     *
     * @return such as {@code file:a.img}, or the bare path
     */
    public String medium() {
        return driver.map(name -> name + ":" + part).orElse(part);
    }

    /**
     * The address as a URI, which {@link Morgana#parse} reads.
     *
     * @return such as {@code pw_kvs+file:a.img?sectorSize=1024}; the bare path if there is no driver
     */
    public String uri() {
        return new AddressWriter(this).uri();
    }
}
