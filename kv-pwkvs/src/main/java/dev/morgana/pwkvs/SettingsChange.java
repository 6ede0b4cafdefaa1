package dev.morgana.pwkvs;

import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@link PwKvsReshape} for tools that know no pw_kvs.
 *
 * @param device the device with the store
 * @param given what was said of the options of the store as it is
 * @param readOnly whether nothing may be written
 * @param life of the device
 */
record SettingsChange(BlockDevice device, Options given, boolean readOnly, StoreLife life) implements Reconfiguration {
    private static final List<Option<?>> CHANGEABLE = List.of(
            PwKvsOptions.REDUNDANCY,
            PwKvsOptions.ALIGNMENT,
            PwKvsOptions.FORMATS,
            PwKvsOptions.PARTITION_START_SECTOR,
            PwKvsOptions.PARTITION_SECTOR_COUNT);

    @Override
    public List<Option<?>> settings() {
        life.requireOpen();
        return CHANGEABLE;
    }

    @Override
    public Outcome reconfigure(Options wanted, boolean dryRun) throws StoreException {
        return life.changing(() -> change(wanted, dryRun));
    }

    private Outcome change(Options wanted, boolean dryRun) throws StoreException {
        if (wanted.has(PwKvsOptions.SECTOR_SIZE)) {
            throw new InvalidOptionException(
                    PwKvsOptions.SECTOR_SIZE.name(),
                    "cannot be changed in place; convert the store into another image");
        }
        wanted.check(CHANGEABLE);
        if (readOnly && !dryRun) {
            throw new ReadOnlyStoreException("reconfigure");
        }
        Options before = Probe.completedForWriting(device, given).with(CommonOptions.READ_ONLY, false);
        Options after = wanted.orElse(before);
        List<Setting> changed = changed(settings(before), settings(after));
        PwKvsReshape reshape = PwKvsReshape.of(device, before, after);
        PwKvsReshape.Report report = dryRun || changed.isEmpty() ? reshape.dryRun() : reshape.run();
        return new Outcome(
                changed,
                report.keys(),
                report.before().inUseBytes(),
                report.after().inUseBytes());
    }

    private Settings settings(Options options) throws StoreException {
        return PwKvs.kvs(device, options).settings();
    }

    private static List<Setting> changed(Settings old, Settings wanted) {
        List<Setting> settings = new ArrayList<>();
        settings.add(setting(PwKvsOptions.REDUNDANCY, old.redundancy(), wanted.redundancy()));
        settings.add(setting(PwKvsOptions.ALIGNMENT, old.alignment(), wanted.alignment()));
        settings.add(setting(PwKvsOptions.FORMATS, formats(old), formats(wanted)));
        settings.add(setting(PwKvsOptions.PARTITION_START_SECTOR, old.firstSector(), wanted.firstSector()));
        settings.add(setting(PwKvsOptions.PARTITION_SECTOR_COUNT, old.sectorCount(), wanted.sectorCount()));
        settings.removeIf(setting -> setting.before().equals(setting.after()));
        return List.copyOf(settings);
    }

    private static Setting setting(Option<?> option, Object before, Object after) {
        return new Setting(option.name(), before.toString(), after.toString());
    }

    private static String formats(Settings settings) {
        return settings.formats().stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
