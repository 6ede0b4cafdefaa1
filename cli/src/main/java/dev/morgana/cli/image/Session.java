package dev.morgana.cli.image;

import dev.morgana.cli.output.Console;
import dev.morgana.cli.output.Counts;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.Target;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of a verb: what is installed, the console, the settings of the command line, and the images opened under them. */
public final class Session {
    private final Morgana morgana;
    private final Console console;
    private final Options options;
    private final boolean quiet;

    /** What was said, and of which media. */
    private final Set<String> noted = new HashSet<>();

    /**
     * A session.
     *
     * @param options those of the command line, which count before those of an address
     * @param quiet whether notes are left out
     */
    public Session(Morgana morgana, Console console, Options options, boolean quiet) {
        this.morgana = morgana;
        this.console = console;
        this.options = options;
        this.quiet = quiet;
    }

    public Morgana morgana() {
        return morgana;
    }

    public Console console() {
        return console;
    }

    /** The address of an image, with the options of the command line before its own. */
    public StoreAddress address(String image) throws StoreException {
        return morgana.at(image).options(options).address();
    }

    /** Opens an image for reading, as a tree. */
    public KeyValueStore openReadOnly(StoreAddress address) throws StoreException {
        return Morgana.tree(openStoreReadOnly(address));
    }

    /** Opens an image for reading, in its own shape. */
    public Store openStoreReadOnly(StoreAddress address) throws StoreException {
        Store store = open(readOnly(address));
        noteMissingLayer(address, store);
        return store;
    }

    /** Opens an image for reading as it is under the layers that its address names, if it names any. */
    public Store openInner(StoreAddress address) throws StoreException {
        return address.storeLayers().isEmpty() ? openStoreReadOnly(address) : open(readOnly(withoutLayers(address)));
    }

    /** Opens an image to change it, in its own shape. */
    public Store openStore(StoreAddress address) throws StoreException {
        return open(morgana.at(withClock(address)));
    }

    private Store open(Target target) throws StoreException {
        Store store = target.openStore();
        StoreInfo info = store.info();
        noteTrailingBytes(target.address(), info.geometry());
        String warning = info.properties().get(StoreInfo.WARNING);
        if (warning != null) {
            note(StoreInfo.WARNING, target.address(), warning);
        }
        return store;
    }

    /** Tells, if it is so, that an image wants a layer that its address does not name. */
    private void noteMissingLayer(StoreAddress address, Store store) throws StoreException {
        Optional<MissingLayer> missing = missingLayer(address, store);
        if (missing.isPresent()) {
            note("layer", address, address.medium() + ": " + missing.get().message());
        }
    }

    /** The layer that an opened store wants, if its address names none. */
    public Optional<MissingLayer> missingLayer(StoreAddress address, Store store) throws StoreException {
        if (address.storeLayers().isEmpty()) {
            for (StoreLayerProvider layer : morgana.storeLayers()) {
                if (layer.isOver(store)) {
                    return Optional.of(new MissingLayer(
                            layer, address.withFormat(store.info().format())));
                }
            }
        }
        return Optional.empty();
    }

    /** The address of an image without its store layers, and without their options. */
    public StoreAddress withoutLayers(StoreAddress address) {
        Options left = address.options();
        for (StoreLayerProvider layer : morgana.storeLayers()) {
            if (address.storeLayers().contains(layer.layer())) {
                left = withoutThoseOf(layer, left);
            }
        }
        return address.withStoreLayers(List.of()).withOnly(left);
    }

    /** Options without those that a layer declares. */
    public static Options withoutThoseOf(StoreLayerProvider layer, Options options) {
        Options left = options;
        for (Option<?> option : layer.options()) {
            left = left.without(option.name());
        }
        return left;
    }

    /** Says something of an image once, unless nothing is to be said. */
    private void note(String what, StoreAddress address, String text) {
        if (!quiet && noted.add(what + " " + address.medium())) {
            console.complain(text);
        }
    }

    /** Looks into an image without writing. */
    public Inspection inspectReadOnly(StoreAddress address) throws StoreException {
        Inspection inspection = readOnly(address).inspect();
        infoIfReadable(inspection).ifPresent(info -> noteTrailingBytes(address, info.geometry()));
        return inspection;
    }

    /** What an image is, where that is no more than help: a device that fails is told of by what comes next. */
    public static Optional<StoreInfo> infoIfReadable(Inspection inspection) {
        try {
            return inspection.info();
        } catch (DeviceException e) {
            return Optional.empty();
        }
    }

    /** Looks into an image that may be changed by a repair or a reconfiguration. */
    public Inspection inspect(StoreAddress address) throws StoreException {
        return morgana.at(address).inspect();
    }

    /** The address with the time of everything that is made, where its format has times. */
    public StoreAddress withClock(StoreAddress address) throws StoreException {
        boolean takesTimes = address.format().isPresent()
                && morgana.format(address.format().get()).options().contains(CommonOptions.CLOCK);
        return takesTimes
                ? morgana.at(address)
                        .option(CommonOptions.CLOCK, console.epoch())
                        .address()
                : address;
    }

    private Target readOnly(StoreAddress address) throws StoreException {
        if (!address.options().get(CommonOptions.READ_ONLY) && address.options().has(CommonOptions.READ_ONLY)) {
            throw new InvalidOptionException(CommonOptions.READ_ONLY.name(), "this verb only reads; leave it out");
        }
        return morgana.at(address).readOnly();
    }

    private void noteTrailingBytes(StoreAddress address, Geometry image) {
        long trailing = FileWindow.trailingBytes(address, image);
        if (trailing > 0) {
            note(
                    "trailing",
                    address,
                    address.medium() + ": "
                            + Counts.of(trailing, "byte after the image is", "bytes after the image are") + " ignored");
        }
    }
}
