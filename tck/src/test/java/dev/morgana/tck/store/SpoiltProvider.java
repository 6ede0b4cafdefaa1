package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.reference.ReferenceProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The reference format with something spoilt: its stores, or the devices that it is given. */
class SpoiltProvider implements StoreProvider {
    private final StoreProvider inner = new ReferenceProvider();
    private final UnaryOperator<KeyValueStore> stores;
    private final UnaryOperator<BlockDevice> devices;

    SpoiltProvider(UnaryOperator<KeyValueStore> stores, UnaryOperator<BlockDevice> devices) {
        this.stores = stores;
        this.devices = devices;
    }

    private List<BlockDevice> spoilt(List<BlockDevice> given) {
        return given.stream().map(devices).toList();
    }

    @Override
    public String format() {
        return inner.format();
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public List<Option<?>> options() {
        return inner.options();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> given) throws StoreException {
        return inner.probe(spoilt(given));
    }

    @Override
    public void format(List<BlockDevice> given, Options options) throws StoreException {
        inner.format(spoilt(given), options);
    }

    @Override
    public Store open(List<BlockDevice> given, Options options) throws StoreException {
        return stores.apply((KeyValueStore) inner.open(spoilt(given), options));
    }

    @Override
    public Inspection inspect(List<BlockDevice> given, Options options) throws StoreException {
        return inner.inspect(spoilt(given), options);
    }
}
