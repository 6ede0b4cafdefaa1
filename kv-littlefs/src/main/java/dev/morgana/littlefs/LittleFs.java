package dev.morgana.littlefs;

import dev.morgana.littlefs.log.DeviceShape;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.Settings;
import dev.morgana.littlefs.log.SuperblockSearch;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.store.LittleFsInspection;
import dev.morgana.littlefs.store.LittleFsStore;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * littlefs for programs that know what they have: no providers, no addresses.
 *
 * <pre>{@code
 * try (KeyValueStore files = LittleFs.mount(device, Options.none().with(CommonOptions.READ_ONLY, true))) {
 *     byte[] boot = files.get(Key.of("boot.cfg"));
 * }
 * }</pre>
 */
public final class LittleFs {
    private static final Logger LOG = LoggerFactory.getLogger(LittleFs.class);

    private LittleFs() {}

    /**
     * Mounts a file system. Nothing is written. On success the store owns the device and closes it; on failure it stays the
     * caller's, and open.
     *
     * <p>The store is safe for use by many threads. Half-done operations of an earlier writer are seen as finished or not
     * begun, as littlefs defines them (littlefs page, section 10.4).
     *
     * @param device the device; its geometry is reshaped to that of the file system
     * @param options see {@link LittleFsOptions}; {@link CommonOptions#READ_ONLY} must be set, or the device read-only
     * @return the store
     * @throws dev.morgana.spi.error.CorruptStoreException if there is no superblock, a metadata pair cannot be read, or the
     *     device is shorter than the file system (native code {@code CORRUPT})
     * @throws UnsupportedFormatException if the version is none that this backend reads (native code {@code INVAL}), or a
     *     writable store is asked for
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong or contradicts the superblock (native code
     *     {@code INVAL})
     * @throws dev.morgana.spi.error.DeviceException if the device fails (native code {@code IO})
     * @throws StoreException for any of these
     */
    public static KeyValueStore mount(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.settings(options);
        if (!options.get(CommonOptions.READ_ONLY) && !device.isReadOnly()) {
            throw new UnsupportedFormatException("writing to littlefs", "reading, with readOnly=true");
        }
        Volume volume = Mount.mount(device, settings);
        SizeRules.of(options).withBlockSize(volume.blocks().size()).check();
        return new LittleFsStore(
                volume, settings, failure -> LOG.warn("device did not close well: {}", failure.getMessage()));
    }

    /**
     * Opens the tools for an image that may be too damaged to mount: {@link dev.morgana.spi.facet.Check},
     * {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Usage} and {@link dev.morgana.spi.facet.Wear}. Nothing is
     * written. On success the inspection owns the device and closes it; on failure it stays the caller's, and open.
     *
     * <p>Without {@link LittleFsOptions#BLOCK_SIZE}, and where no superblock is found, the device's own block size counts.
     *
     * @param device the device
     * @param options see {@link LittleFsOptions}
     * @return the tools
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong (native code {@code INVAL})
     * @throws dev.morgana.spi.error.DeviceException if the device fails (native code {@code IO})
     * @throws StoreException for any of these
     */
    public static Inspection inspect(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.settings(options);
        long blockSize = settings.blockSize();
        if (blockSize == 0) {
            blockSize = SuperblockSearch.find(device, settings.dialect())
                    .map(found -> found.superblock().blockSize())
                    .filter(size -> size >= Settings.BLOCK_SIZE_MIN && size <= Settings.BLOCK_SIZE_MAX)
                    .orElse((long)
                            Math.max(Settings.BLOCK_SIZE_MIN, device.geometry().blockSize()));
        }
        SizeRules.of(options).withBlockSize(blockSize).check();
        return new LittleFsInspection(DeviceShape.blocks(device, blockSize, settings), settings, LittleFs::warn);
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }
}
