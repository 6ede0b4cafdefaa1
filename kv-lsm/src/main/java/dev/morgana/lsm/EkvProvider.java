package dev.morgana.lsm;

import dev.morgana.lsm.store.Descriptions;
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

/** The format {@code ekv}: an LSM tree of sorted files on raw flash. */
public final class EkvProvider implements StoreProvider {
    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public EkvProvider() {}

    @Override
    public String format() {
        return Descriptions.FORMAT;
    }

    @Override
    public String description() {
        return "ekv 1.x, transactions and snapshots on raw flash";
    }

    @Override
    public List<Option<?>> options() {
        return EkvOptions.all();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        Optional<Probe> probe = Probe.of(devices.get(0));
        return probe.isPresent() ? Optional.of(probe.get().database()) : Optional.empty();
    }

    @Override
    public Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return Optional.of(EkvFirmware.ofDatabase(info));
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        Ekv.format(devices.get(0), options);
    }

    @Override
    public FlatStore open(List<BlockDevice> devices, Options options) throws StoreException {
        return Ekv.open(devices.get(0), options).store();
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return Ekv.inspect(devices.get(0), options);
    }
}
