package dev.morgana.lsm;

import dev.morgana.lsm.store.FileDescriptions;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/** The format {@code ekv-fs}: files as chunked keys of ekv. */
public final class EkvFsProvider implements StoreProvider {
    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public EkvFsProvider() {}

    @Override
    public String format() {
        return FileDescriptions.FORMAT;
    }

    @Override
    public String description() {
        return "ekv-fs 0.2, files on ekv";
    }

    @Override
    public List<Option<?>> options() {
        return EkvFsOptions.all();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        Optional<Probe> probe = Probe.of(devices.get(0));
        return probe.isPresent() ? probe.get().files() : Optional.empty();
    }

    @Override
    public Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return Optional.of(EkvFirmware.ofFiles(info));
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        EkvFs.format(devices.get(0), options);
    }

    @Override
    public KeyValueStore open(List<BlockDevice> devices, Options options) throws StoreException {
        return EkvFs.open(devices.get(0), options).store();
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return EkvFs.inspect(devices.get(0), options);
    }
}
