package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Goes from an address through its providers and devices to the store, each once. After a failure nothing is left open. */
record Opening(Providers providers, StoreAddress address) {
    /** What a format makes of devices. It owns them then; where it fails, they stay the caller's. */
    @FunctionalInterface
    private interface Work<T> {
        T on(StoreProvider format, List<BlockDevice> devices, Options options) throws StoreException;
    }

    /** The store with its layers. */
    Store store() throws StoreException {
        Medium medium = Medium.of(providers, address);
        return layered(open(medium, medium.mode(), StoreProvider::open), false);
    }

    /** The tools for the image. */
    Inspection inspection() throws StoreException {
        Medium medium = Medium.of(providers, address);
        return open(medium, medium.mode(), StoreProvider::inspect);
    }

    /** A new store with its layers. */
    Store created() throws StoreException {
        if (address.format().isEmpty()) {
            throw new InvalidRequestException(
                    "no format to create in " + address.medium() + "; write format+driver:part");
        }
        Medium medium = Medium.of(providers, address);
        Store store = open(medium, AccessMode.CREATE, (format, devices, options) -> {
            format.format(devices, options);
            return format.open(devices, options);
        });
        return layered(store, true);
    }

    private <T> T open(Medium medium, AccessMode mode, Work<T> work) throws StoreException {
        boolean isNamed = address.format().isPresent();
        if (isNamed) {
            checkOptions(address, medium); // before anything is made
        }
        try (Devices devices = medium.open(mode)) {
            StoreAddress full = address;
            if (!isNamed) {
                full = new Recognition(providers).complete(address, medium.driver(), devices.all());
                checkOptions(full, medium);
            } else if (!address.storeLayers().isEmpty() && mode != AccessMode.CREATE) {
                full = new Recognition(providers)
                        .completeNamed(address, devices.all()); // only layers made it name a format
            }
            StoreProvider format = format(full);
            T opened = work.on(format, devices.all(), full.options().only(format.options()));
            devices.release();
            return opened;
        }
    }

    private StoreProvider format(StoreAddress full) throws StoreException {
        return providers.format(full.format().orElseThrow());
    }

    /** Refuses what nobody declares, so that a misspelt option never means its default. */
    private void checkOptions(StoreAddress full, Medium medium) throws StoreException {
        StoreProvider format = format(full);
        List<Option<?>> declared = new ArrayList<>(format.options());
        for (String layer : full.storeLayers()) {
            declared.addAll(providers.storeLayer(layer).options());
        }
        declared.addAll(medium.options());
        declared.add(CommonOptions.READ_ONLY);
        if (format.maxDevices() > 1) {
            declared.add(CommonOptions.REPLICA);
        }
        full.options().check(declared);
        if (medium.count() > format.maxDevices()) {
            throw new InvalidOptionException(
                    CommonOptions.REPLICA.name(),
                    "format " + format.format() + " takes at most " + (format.maxDevices() - 1)
                            + " replicas beside the first");
        }
    }

    /** Puts the store layers of the address over a store, which is closed if that fails. */
    private Store layered(Store inner, boolean initialize) throws StoreException {
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
        } catch (Throwable e) { // also for want of memory: a device that stays locked helps nobody
            store.close();
            throw e;
        }
    }
}
