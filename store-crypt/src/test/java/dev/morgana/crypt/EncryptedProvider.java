package dev.morgana.crypt;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.device.KeptOpen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A format with the layer over it, as the façade joins the two, so that the contract of stores can be held against both. */
record EncryptedProvider(StoreProvider inner, StoreLayerProvider layer) implements StoreProvider {
    static final CryptKey KEY =
            CryptKey.of("a key of thirty-two bytes, as is".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    EncryptedProvider(StoreProvider inner) {
        this(inner, new CryptProvider());
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        inner.format(devices, options.only(inner.options()));
        try (Store store = inner.open(kept(devices, new AtomicBoolean()), inside(options))) {
            layer.initialize(store, options.only(layer.options()));
        }
    }

    private static List<BlockDevice> kept(List<BlockDevice> devices, AtomicBoolean owned) {
        return devices.stream()
                .<BlockDevice>map(device -> new KeptOpen(device, owned))
                .toList();
    }

    private Options inside(Options options) {
        return options.only(inner.options());
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        AtomicBoolean owned = new AtomicBoolean();
        Store store = inner.open(kept(devices, owned), inside(options));
        try {
            Store wrapped = layer.wrap(store, options.only(layer.options()));
            owned.set(true);
            return wrapped;
        } catch (Throwable e) {
            store.close();
            throw e;
        }
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        return inner.inspect(devices, inside(options));
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return inner.probe(devices);
    }

    @Override
    public String format() {
        return inner.format();
    }

    @Override
    public String description() {
        return inner.description() + ", encrypted";
    }

    @Override
    public int maxDevices() {
        return inner.maxDevices();
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> options = new ArrayList<>(inner.options());
        options.addAll(layer.options());
        return options;
    }

    /** The options of an encrypted variant. */
    static Options options(Options inner) {
        return inner.with(CryptOptions.KEY, () -> KEY);
    }
}
