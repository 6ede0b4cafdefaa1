package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.BlockDeviceProvider;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The devices of one address: the driver, the layers over it, and the replicas beside it. */
final class Devices {
    private final StoreAddress address;
    private final BlockDeviceProvider driver;

    /** Innermost first, the order in which they are put on. */
    private final List<BlockLayerProvider> layers;

    Devices(Providers providers, StoreAddress address) throws StoreException {
        this.address = address;
        this.driver = address.driver().isPresent()
                ? providers.driver(address.driver().get())
                : serving(providers, address.part());
        this.layers = layers(providers, address);
        if (driver.unavailable().isPresent()) {
            throw new DeviceIoException(
                    address.medium(),
                    "driver " + driver.driver() + ": " + driver.unavailable().get(),
                    0,
                    0,
                    null);
        }
    }

    private static BlockDeviceProvider serving(Providers providers, String part) throws StoreException {
        try {
            Path path = Path.of(part);
            for (BlockDeviceProvider candidate : providers.drivers()) {
                if (candidate.serves(path)) {
                    return candidate;
                }
            }
        } catch (InvalidPathException e) {
            throw new DeviceIoException(part, "is no path on this system", 0, 0, e);
        }
        String reason = java.nio.file.Files.isDirectory(Path.of(part)) ? "is a directory" : "is no regular file";
        throw new DeviceIoException(part, reason + "; no installed driver opens it, give an image file", 0, 0, null);
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
        return 1 + address.options().all(CommonOptions.REPLICA).size();
    }

    /** Opens the devices in their order; after a failure none is left open. */
    List<BlockDevice> open(AccessMode mode) throws StoreException {
        List<String> parts = new ArrayList<>();
        parts.add(address.part());
        parts.addAll(address.options().all(CommonOptions.REPLICA));
        List<BlockDevice> devices = new ArrayList<>();
        try {
            for (String part : parts) {
                devices.add(openOne(part, mode));
            }
            return devices;
        } catch (StoreException | RuntimeException e) {
            close(devices, e);
            throw e;
        }
    }

    private BlockDevice openOne(String part, AccessMode mode) throws StoreException {
        Options options = address.options();
        BlockDevice device = driver.open(part, mode, options.only(driver.options()));
        try {
            for (BlockLayerProvider layer : layers) {
                device = layer.wrap(device, options.only(layer.options()));
            }
            return device;
        } catch (StoreException | RuntimeException e) {
            close(List.of(device), e);
            throw e;
        }
    }

    /** Closes devices because of an error, which must not be hidden by another one. */
    static void close(List<BlockDevice> devices, Exception reason) {
        for (BlockDevice device : devices) {
            try {
                device.close();
            } catch (DeviceException e) {
                reason.addSuppressed(e);
            }
        }
    }
}
