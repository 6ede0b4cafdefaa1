package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The tools for devices that may be too damaged to open. */
public final class EmbedKvInspection implements Inspection {
    private final List<BlockDevice> devices;
    private final Settings settings;
    private final StoreLock lock;
    private final Tools tools;

    /** An inspection that owns the devices. What they say against being closed goes to the consumer. */
    public EmbedKvInspection(List<BlockDevice> devices, Settings settings, Consumer<DeviceException> closeFailures) {
        this.devices = List.copyOf(devices);
        this.settings = settings;
        this.lock = new StoreLock(devices, closeFailures);
        this.tools = new Tools(this.devices, settings, lock, () -> Volume.openAll(this.devices, settings));
    }

    @Override
    public Optional<StoreInfo> info() {
        try {
            return lock.reading(() ->
                    Optional.of(Descriptions.of(Volume.open(devices, settings.forReading()), settings.readOnly())));
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
