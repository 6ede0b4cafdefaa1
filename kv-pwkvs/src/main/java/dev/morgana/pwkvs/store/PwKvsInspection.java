package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Flash;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The tools for an image that may be too damaged to open. */
public final class PwKvsInspection implements Inspection {
    private final Kvs kvs;
    private final StoreLock lock;
    private final List<Facet> tools;

    /**
     * An inspection that owns the device of its partition. What the device says against being closed goes to the consumer.
     *
     * @param change changes the settings of the store; called under the lock of this inspection
     */
    public PwKvsInspection(
            Flash flash, Settings settings, Reconfiguration change, Consumer<DeviceException> closeFailures) {
        this.kvs = new Kvs(flash, settings.forReading());
        this.lock = new StoreLock(flash.device(), closeFailures);
        this.tools = new ArrayList<>(LogTools.of(kvs, lock));
        tools.add(new LogRepair(new LogCheck(kvs, lock), kvs, settings, lock));
        tools.add(new LockedChange(change, lock));
    }

    @Override
    public Optional<StoreInfo> info() {
        try {
            return lock.holding(() -> {
                try {
                    kvs.init();
                } catch (CorruptStoreException e) {
                    // damage does not hide what the store is; the check tells of it
                }
                return Optional.of(Descriptions.of(kvs));
            });
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        lock.requireOpen();
        return tools.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    @Override
    public void close() {
        lock.close();
    }
}
