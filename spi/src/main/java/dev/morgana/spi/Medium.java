package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the device half of an address means: a driver, the layers over it, and the replicas beside its first part. */
final class Medium {
    private final StoreAddress address;
    private final BlockDeviceProvider driver;

    /** Innermost first, the order in which they are put on. */
    private final List<BlockLayerProvider> layers;

    private Medium(StoreAddress address, BlockDeviceProvider driver, List<BlockLayerProvider> layers) {
        this.address = address;
        this.driver = driver;
        this.layers = layers;
    }

    /** Looks the providers up; nothing is opened. */
    static Medium of(Providers providers, StoreAddress address) throws StoreException {
        BlockDeviceProvider driver = address.driver().isPresent()
                ? providers.driver(address.driver().get())
                : serving(providers, address.part());
        List<BlockLayerProvider> layers = layers(providers, address);
        if (driver.unavailable().isPresent()) {
            throw refused(
                    address.medium(),
                    "driver " + driver.driver() + ": " + driver.unavailable().get());
        }
        return new Medium(address, driver, layers);
    }

    private static BlockDeviceProvider serving(Providers providers, String part) throws StoreException {
        Path path;
        try {
            path = Path.of(part);
        } catch (InvalidPathException e) {
            throw new DeviceIoException(part, "is not a valid path on this system", 0, 0, e);
        }
        for (BlockDeviceProvider candidate : providers.drivers()) {
            if (candidate.serves(path)) {
                return candidate;
            }
        }
        String reason = Files.isDirectory(path) ? "is a directory" : "is not a regular file";
        throw refused(part, reason + "; no installed driver opens it, give an image file");
    }

    private static DeviceIoException refused(String medium, String reason) {
        return new DeviceIoException(medium, reason, 0, 0, null);
    }

    /** Layers that options ask for lie below the named ones, so that a partition is what the others see. */
    private static List<BlockLayerProvider> layers(Providers providers, StoreAddress address) throws StoreException {
        List<BlockLayerProvider> layers = new ArrayList<>();
        for (BlockLayerProvider layer : providers.deviceLayers()) {
            if (layer.isImpliedBy(address.options()) && !address.deviceLayers().contains(layer.layer())) {
                layers.add(layer);
            }
        }
        for (int i = address.deviceLayers().size() - 1; i >= 0; i--) {
            layers.add(providers.deviceLayer(address.deviceLayers().get(i)));
        }
        return layers;
    }

    /** The driver's name, also where the address leaves it to the path. */
    String driver() {
        return driver.driver();
    }

    /** Every option that the driver and the layers know. */
    List<Option<?>> options() {
        List<Option<?>> options = new ArrayList<>(driver.options());
        layers.forEach(layer -> options.addAll(layer.options()));
        return options;
    }

    /** How many devices {@link #open} opens. */
    int count() throws StoreException {
        return 1 + replicas().size();
    }

    private List<String> replicas() throws StoreException {
        return address.options().all(CommonOptions.REPLICA);
    }

    /** What the address wants the devices for, where they are not to be made. */
    AccessMode mode() throws StoreException {
        return address.options().get(CommonOptions.READ_ONLY) ? AccessMode.READ_ONLY : AccessMode.READ_WRITE;
    }

    /** Opens the devices in their order; after a failure none is left open. */
    Devices open(AccessMode mode) throws StoreException {
        try (Devices opening = new Devices()) {
            open(address.part(), mode, opening);
            for (String replica : replicas()) {
                open(replica, mode, opening);
            }
            return new Devices(opening.release());
        }
    }

    private void open(String part, AccessMode mode, Devices opening) throws StoreException {
        Options options = address.options();
        opening.add(driver.open(part, mode, options.only(driver.options())));
        for (BlockLayerProvider layer : layers) {
            opening.wrapLast(device -> layer.wrap(device, options.only(layer.options())));
        }
        opening.wrapLast(TracedDevice::over);
    }

    /** Opens the device of an address that has no replicas. */
    BlockDevice openAlone(AccessMode mode) throws StoreException {
        if (count() != 1) {
            throw new InvalidOptionException(CommonOptions.REPLICA.name(), "a device has no replicas");
        }
        try (Devices opened = open(mode)) {
            return opened.release().get(0);
        }
    }
}
