package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the configuration of a store that has shipped: more sectors, another redundancy, another alignment, another format of
 * entries; or converts it for another sector size. Pigweed opens the result with the new options (pw_kvs page, sections 19 and
 * 23.9).
 *
 * <pre>{@code
 * PwKvsReshape reshape = PwKvsReshape.of(device, shipped, wanted);
 * PwKvsReshape.Report report = reshape.dryRun();
 * reshape.run();
 * }</pre>
 *
 * <p>Before a change every value is verified, and afterwards all are compared, under the new options. A change is first done on
 * a copy in memory, and refused if it does not succeed there. A power loss leaves a store with all its values, on which the
 * change can be run again. Not safe for use by several threads at once; the devices stay the caller's.
 */
public final class PwKvsReshape {
    private static final Logger LOG = LoggerFactory.getLogger(PwKvsReshape.class);

    private final BlockDevice source;
    private final Options before;
    private final BlockDevice target;
    private final Options after;

    private PwKvsReshape(BlockDevice source, Options before, BlockDevice target, Options after) {
        this.source = source;
        this.before = before;
        this.target = target;
        this.after = after;
    }

    /**
     * A change in place. The sector size stays; the old partition must be part of the new one, of which the rest is erased.
     *
     * @param device the device
     * @param before the options of the store as it is, as of {@link PwKvsOptions}
     * @param after its options after the change
     * @return the change, not begun
     */
    public static PwKvsReshape of(BlockDevice device, Options before, Options after) {
        return new PwKvsReshape(device, before, device, after);
    }

    /**
     * A conversion to another device, with any other options. The old store stays as it is.
     *
     * @param source the device with the store
     * @param before the options of the store as it is
     * @param target another device; what is on it is given up
     * @param after the options of the new store
     * @return the change, not begun
     */
    public static PwKvsReshape conversion(BlockDevice source, Options before, BlockDevice target, Options after) {
        if (source == target) {
            throw new IllegalArgumentException("target: is the source; a conversion needs another device");
        }
        return new PwKvsReshape(source, before, target, after);
    }

    /**
     * What a change does.
     *
     * @param keys how many keys are kept
     * @param before the statistics of the store as it is
     * @param after its statistics after the change
     */
    public record Report(int keys, PwKvsStatistics before, PwKvsStatistics after) {}

    /**
     * Does the change on a copy in memory.
     *
     * @return what it did there
     * @throws CorruptStoreException if the store is damaged; repair it first
     * @throws dev.morgana.spi.error.NoSpaceException if not everything fits under the new options
     * @throws InvalidOptionException if an option is wrong, or cannot be changed so
     * @throws StoreException for these, and if a device fails
     */
    public Report dryRun() throws StoreException {
        return change(ScratchDevice.over(target));
    }

    /**
     * Does the change.
     *
     * @return what it did
     * @throws StoreException as {@link #dryRun}, and then nothing was changed; or if a device fails meanwhile
     */
    public Report run() throws StoreException {
        dryRun();
        return change(target);
    }

    private Report change(BlockDevice changed) throws StoreException {
        Kvs old = opened(source == target ? changed : source, before.with(PwKvsOptions.RECOVERY, Recovery.MANUAL));
        Map<String, byte[]> content = content(old);
        PwKvsStatistics statistics = PwKvsStatistics.of(old.statistics());
        if (source == target) {
            changeInPlace(changed, old.settings());
        } else {
            copy(old, changed);
        }
        Kvs result = opened(changed, after.with(PwKvsOptions.RECOVERY, Recovery.MANUAL));
        requireEqual(content, content(result), result);
        return new Report(content.size(), statistics, PwKvsStatistics.of(result.statistics()));
    }

    private static Kvs opened(BlockDevice device, Options options) throws StoreException {
        Kvs kvs = PwKvs.kvs(device, options);
        kvs.init();
        return kvs;
    }

    /** Every value by its key; damage of any is an exception. */
    private static Map<String, byte[]> content(Kvs kvs) throws StoreException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        for (byte[] key : kvs.keys()) {
            content.put(
                    Key.escape(key),
                    kvs.get(key, Integer.MAX_VALUE, 0).orElseThrow().bytes());
        }
        return content;
    }

    private void changeInPlace(BlockDevice changed, Settings old) throws StoreException {
        Settings wanted = PwKvs.kvs(changed, after).settings();
        requireChangeable(old, wanted);
        Options manual = after.with(PwKvsOptions.RECOVERY, Recovery.MANUAL);
        for (var format : old.formats()) {
            if (!wanted.formats().contains(format)) {
                manual = manual.plus(
                        PwKvsOptions.FORMATS.name(), format.toString()); // until the last entry is rewritten
            }
        }
        Kvs kvs = PwKvs.kvs(changed, manual);
        eraseAdded(kvs, old);
        try {
            kvs.init();
        } catch (CorruptStoreException e) {
            LOG.debug("copies are missing until they are written: {}", e.getMessage());
        }
        kvs.heavyMaintenance(); // so that nothing of the old kind is left, not even stale
    }

    private static void requireChangeable(Settings old, Settings wanted) throws InvalidOptionException {
        require(
                old.sectorSize() == wanted.sectorSize(),
                PwKvsOptions.SECTOR_SIZE.name(),
                "cannot be changed in place; convert the store to another device");
        require(old.erased() == wanted.erased(), PwKvsOptions.ERASED_VALUE.name(), "is what the device has");
        boolean within = wanted.firstSector() <= old.firstSector() && end(old) <= end(wanted);
        require(within, PwKvsOptions.PARTITION_SECTOR_COUNT.name(), "leaves out sectors of the store as it is");
    }

    private static long end(Settings settings) {
        return (long) settings.firstSector() + settings.sectorCount();
    }

    private static void require(boolean right, String option, String reason) throws InvalidOptionException {
        if (!right) {
            throw PeerStatus.INVALID_ARGUMENT.on(new InvalidOptionException(option, reason));
        }
    }

    private static void eraseAdded(Kvs kvs, Settings old) throws StoreException {
        Settings wanted = kvs.settings();
        for (int sector = 0; sector < wanted.sectorCount(); sector++) {
            long onDevice = (long) wanted.firstSector() + sector;
            if (onDevice < old.firstSector() || onDevice >= end(old)) {
                kvs.flash().eraseIfWritten(sector, wanted.erased());
            }
        }
        kvs.flash().sync();
    }

    private void copy(Kvs old, BlockDevice changed) throws StoreException {
        Kvs converted = PwKvs.kvs(changed, after);
        converted.format();
        converted.init();
        for (byte[] key : old.keys()) {
            converted.put(key, old.get(key, Integer.MAX_VALUE, 0).orElseThrow().bytes());
        }
    }

    private static void requireEqual(Map<String, byte[]> expected, Map<String, byte[]> found, Kvs kvs)
            throws CorruptStoreException {
        boolean equal = expected.keySet().equals(found.keySet())
                && expected.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), found.get(entry.getKey())));
        if (!equal) {
            throw PeerStatus.DATA_LOSS.at(
                    kvs.flash().position(0, "sectors"), expected.size() + " keys with their values", "others");
        }
    }
}
