package dev.morgana.pwkvs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
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

/** The format {@code pw_kvs}: the key-value store of Pigweed. */
public final class PwKvsProvider implements StoreProvider {
    static final String FORMAT = "pw_kvs";

    /** Who comes by an address may be wrong about the options, so nothing is repaired unless that is asked for. */
    private static final Options CAREFUL = Options.none().with(PwKvsOptions.RECOVERY, Recovery.MANUAL);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public PwKvsProvider() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "pw_kvs, the key-value store of Pigweed";
    }

    @Override
    public List<Option<?>> options() {
        return PwKvsOptions.all();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return Probe.probe(device(devices));
    }

    @Override
    public Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return Optional.of(PwKvsFirmware.of(info));
    }

    /** An empty store is erased flash. */
    @Override
    public Optional<Options> ofErased(Geometry geometry) {
        Options options = Options.none().with(PwKvsOptions.SECTOR_SIZE, (long) geometry.blockSize());
        boolean usual = geometry.erased() == ErasedState.ONES;
        return Optional.of(usual ? options : options.with(PwKvsOptions.ERASED_VALUE, ErasedValue.ZEROS));
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        PwKvs.format(device(devices), options);
    }

    @Override
    public FlatStore open(List<BlockDevice> devices, Options options) throws StoreException {
        BlockDevice device = device(devices);
        boolean readOnly = options.get(CommonOptions.READ_ONLY) || device.isReadOnly();
        Options known = readOnly ? Probe.completed(device, options) : Probe.completedForWriting(device, options);
        return PwKvs.open(device, known.orElse(CAREFUL)).store();
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        BlockDevice device = device(devices);
        return PwKvs.inspect(device, Probe.completed(device, options), options);
    }

    private static BlockDevice device(List<BlockDevice> devices) {
        if (devices.size() != 1) {
            throw new IllegalArgumentException("devices: pw_kvs is on one, not on " + devices.size());
        }
        return devices.get(0);
    }
}
