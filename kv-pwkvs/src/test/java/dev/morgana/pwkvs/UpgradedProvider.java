package dev.morgana.pwkvs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import java.util.List;
import java.util.Optional;

/** pw_kvs of which the first opening after formatting is by the firmware before an upgrade, with options of its own. */
final class UpgradedProvider implements StoreProvider {
    private static final PwKvsProvider INNER = new PwKvsProvider();

    private final Options before;
    private boolean fresh;

    UpgradedProvider(Options before) {
        this.before = before;
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        INNER.format(devices, options);
        fresh = true;
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        Options used = fresh ? before : options;
        fresh = false;
        return INNER.open(devices, used);
    }

    @Override
    public String format() {
        return INNER.format();
    }

    @Override
    public String description() {
        return INNER.description();
    }

    @Override
    public List<Option<?>> options() {
        return INNER.options();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return INNER.probe(devices);
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return INNER.inspect(devices, options);
    }
}
