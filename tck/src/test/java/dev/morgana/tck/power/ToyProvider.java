package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/** The toy as a format. */
record ToyProvider(ToyStore.Flaw flaw) implements StoreProvider {
    @Override
    public String format() {
        return "toy";
    }

    @Override
    public String description() {
        return "one number";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(CommonOptions.READ_ONLY);
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) {
        return Optional.empty();
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        ToyStore.format(devices.get(0), flaw);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        return ToyStore.open(devices.get(0), flaw, options.get(CommonOptions.READ_ONLY));
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) {
        return new Inspection() {
            @Override
            public Optional<StoreInfo> info() {
                return Optional.empty();
            }

            @Override
            public <F extends Facet> Optional<F> facet(Class<F> type) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
