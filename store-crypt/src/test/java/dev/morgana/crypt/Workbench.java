package dev.morgana.crypt;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.KeptOpen;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Variant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An encrypted store in memory, whose inner store and whose image can be got at. */
final class Workbench {
    private final StoreProvider format;
    private final Variant variant;
    private final CryptProvider layer;
    private RamDevice device;

    private Workbench(StoreProvider format, Variant variant, CryptProvider layer) {
        this.format = format;
        this.variant = variant;
        this.layer = layer;
        this.device = RamDevice.erased(variant.geometry());
    }

    /** A new store of a format, in its larger shape. */
    static Workbench of(StoreProvider format, String... options) throws StoreException {
        return of(format, new SecureRandom(), options);
    }

    static Workbench of(StoreProvider format, SecureRandom random, String... options) throws StoreException {
        Variant variant = CryptFixture.variants(format, options).get(1);
        Workbench bench = new Workbench(format, variant, new CryptProvider(random));
        new EncryptedProvider(format, bench.layer).format(bench.devices(), variant.formatOptions());
        return bench;
    }

    private List<BlockDevice> devices() {
        return List.of(new KeptOpen(device, new AtomicBoolean()));
    }

    /** Opens the inner store, with what is sealed in it. */
    Store inner() throws StoreException {
        return format.open(devices(), variant.openOptions().only(format.options()));
    }

    /** Opens the encrypted store. */
    KeyValueStore open() throws StoreException {
        return open(variant.openOptions());
    }

    /** Opens it with another key, or further options of the layer. */
    KeyValueStore open(Options options) throws StoreException {
        return Morgana.tree(
                new EncryptedProvider(format, layer).open(devices(), options.orElse(variant.openOptions())));
    }

    byte[] image() throws DeviceException {
        ByteBuffer image =
                ByteBuffer.allocate(Math.toIntExact(variant.geometry().sizeBytes()));
        device.read(0, image);
        return image.array();
    }

    void restore(byte[] image) {
        device = RamDevice.of(variant.geometry(), image);
    }

    /** What is stored under a name, sealed. */
    byte[] sealed(String name) throws StoreException {
        try (Store store = inner()) {
            return store instanceof FlatStore flat
                    ? flat.get(name.getBytes(StandardCharsets.UTF_8)).orElseThrow()
                    : ((KeyValueStore) store).get(Key.of(name));
        }
    }

    /** Stores something under a name that was not sealed by the layer. */
    void plant(String name, byte[] sealed) throws StoreException {
        try (Store store = inner()) {
            plant(store, name, sealed);
        }
    }

    static void plant(Store inner, String name, byte[] sealed) throws StoreException {
        if (inner instanceof FlatStore flat) {
            flat.put(name.getBytes(StandardCharsets.UTF_8), sealed);
        } else {
            ((KeyValueStore) inner).set(Key.of(name), sealed);
        }
    }

    void unplant(String name) throws StoreException {
        try (Store store = inner()) {
            Optional<FlatStore> flat = store instanceof FlatStore one ? Optional.of(one) : Optional.empty();
            if (flat.isPresent()) {
                flat.get().remove(name.getBytes(StandardCharsets.UTF_8));
            } else {
                ((KeyValueStore) store).remove(Key.of(name));
            }
        }
    }
}
