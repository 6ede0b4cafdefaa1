package dev.morgana.embedkv;

import dev.morgana.embedkv.store.Descriptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/** The format {@code embedkv}: records on blocks, on one device or on several replicas. */
public final class EmbedKvProvider implements StoreProvider {
    /** There is no bound in the format; each replica costs its time at every change. */
    private static final int MOST_REPLICAS = 64;

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public EmbedKvProvider() {}

    @Override
    public String format() {
        return Descriptions.FORMAT;
    }

    @Override
    public String description() {
        return "embedkv 1.0, on one device or on several replicas";
    }

    @Override
    public int maxDevices() {
        return MOST_REPLICAS;
    }

    @Override
    public List<Option<?>> options() {
        return EmbedKvOptions.all();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return Probe.probe(devices);
    }

    @Override
    public Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return Optional.of(EmbedKvFirmware.of(info));
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        options.check(options());
        EmbedKv.format(devices, options);
    }

    @Override
    public FlatStore open(List<BlockDevice> devices, Options options) throws StoreException {
        return EmbedKv.open(devices, options).store();
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return EmbedKv.inspect(devices, options);
    }
}
