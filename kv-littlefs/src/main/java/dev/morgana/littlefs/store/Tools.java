package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.store.Facet;
import java.util.List;
import java.util.Optional;

/** The facets that look at the image itself, most of them healthy or not. */
final class Tools {
    private final List<Facet> facets;

    /**
     * Tools for all blocks of a device.
     *
     * @param mounted the file system on them as it is now, for those that need one
     * @param changeable the same, mounted to be changed
     */
    Tools(
            Blocks blocks,
            Settings settings,
            StoreLock lock,
            StoreLock.Action<FileSystem> mounted,
            StoreLock.Action<FileSystem> changeable) {
        ImageCheck check = new ImageCheck(blocks, settings, lock);
        this.facets = List.of(
                check,
                new ImageRepair(check, changeable, lock),
                new ImageDump(blocks, settings, lock),
                new SpaceUsage(blocks, settings, lock),
                new WearCount(blocks, settings, lock),
                new OlderStates(mounted, lock));
    }

    /** The first tool of a type. */
    <F extends Facet> Optional<F> facet(Class<F> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
