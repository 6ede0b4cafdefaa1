package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.backend.ToolInspection;
import dev.morgana.spi.provider.Inspection;

/** The facets that look at the image itself, be it whole or not. */
public final class ImageTools {
    private ImageTools() {}

    /**
     * Tools for all blocks of a device.
     *
     * @param readOnly whether every change is refused
     * @param mounted the file system on them as it is now, for those that need one
     * @param changeable the same, mounted to be changed
     */
    static Facets of(
            Blocks blocks,
            Settings settings,
            StoreLife life,
            boolean readOnly,
            StoreLife.Action<FileSystem> mounted,
            StoreLife.Action<FileSystem> changeable) {
        ImageCheck check = new ImageCheck(blocks, settings, life);
        return Facets.of(
                check,
                new ImageRepair(blocks, settings, changeable, readOnly, life),
                new ImageDump(blocks, settings, life),
                new SpaceUsage(blocks, settings, life),
                new WearCount(blocks, settings, life),
                new OlderStates(mounted, life));
    }

    /**
     * The tools for an image that may be too damaged to mount.
     *
     * @param changeable mounts what is on the blocks to be changed, or refuses that
     * @param readOnly whether every change is refused
     * @param life owns the device
     * @param more further facets
     */
    public static Inspection inspection(
            Blocks blocks,
            Settings settings,
            StoreLife.Action<Volume> changeable,
            boolean readOnly,
            StoreLife life,
            Facets more) {
        Facets tools = of(
                blocks,
                settings,
                life,
                readOnly,
                () -> new FileSystem(Mount.readable(blocks, settings)),
                () -> new FileSystem(changeable.run()));
        return new ToolInspection(life, () -> Descriptions.of(Mount.readable(blocks, settings), true), tools.and(more));
    }
}
