package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.Optional;
import java.util.function.Consumer;

/** The tools for an image that may be too damaged to mount. */
public final class LittleFsInspection implements Inspection {
    private final Blocks blocks;
    private final Settings settings;
    private final StoreLock lock;
    private final Tools tools;

    /**
     * An inspection that owns the device of its blocks.
     *
     * @param changeable mounts what is on the blocks to be changed, or refuses that
     * @param readOnly whether every change is refused
     * @param closeFailures takes what the device says against being closed
     */
    public LittleFsInspection(
            Blocks blocks,
            Settings settings,
            StoreLock.Action<Volume> changeable,
            boolean readOnly,
            Consumer<DeviceException> closeFailures) {
        this.blocks = blocks;
        this.settings = settings;
        this.lock = StoreLock.ofDevice(blocks.device(), readOnly, closeFailures);
        this.tools = new Tools(
                blocks,
                settings,
                lock,
                () -> new FileSystem(Mount.readable(blocks, settings)),
                () -> new FileSystem(changeable.run()));
    }

    @Override
    public Optional<StoreInfo> info() {
        try {
            return lock.reading(() -> Optional.of(Descriptions.of(Mount.readable(blocks, settings), true)));
        } catch (StoreException e) {
            // The answer to "what is it" is "cannot be told"; why, is told by the check.
            return Optional.empty();
        }
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        lock.requireOpen();
        return tools.facet(type);
    }

    @Override
    public void close() {
        lock.close();
    }
}
