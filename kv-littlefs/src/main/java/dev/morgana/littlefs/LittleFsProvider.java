package dev.morgana.littlefs;

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

/** The format {@code littlefs}: the littlefs file system, disk versions 2.0 and 2.1, and chamelon's dialect of it. */
public final class LittleFsProvider implements StoreProvider {
    static final String FORMAT = "littlefs";

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public LittleFsProvider() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "littlefs 2.0 and 2.1, and chamelon's dialect of it";
    }

    @Override
    public List<Option<?>> options() {
        return LittleFsOptions.all();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return Probe.probe(device(devices));
    }

    @Override
    public Optional<FirmwareConfiguration> firmware(StoreInfo info) {
        return LittleFsFirmware.of(info);
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        LittleFs.format(device(devices), options);
    }

    @Override
    public KeyValueStore open(List<BlockDevice> devices, Options options) throws StoreException {
        return LittleFs.mount(device(devices), options).store();
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return LittleFs.inspect(device(devices), options);
    }

    private static BlockDevice device(List<BlockDevice> devices) {
        if (devices.size() != 1) {
            throw new IllegalArgumentException("devices: littlefs is on one, not on " + devices.size());
        }
        return devices.get(0);
    }
}
