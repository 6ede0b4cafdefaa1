package dev.morgana.pwkvs.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.List;

/** A change of settings that waits for its turn, and is refused after the end. */
record LockedChange(Reconfiguration change, StoreLock lock) implements Reconfiguration {
    @Override
    public List<Option<?>> settings() {
        lock.requireOpen();
        return change.settings();
    }

    @Override
    public Outcome reconfigure(Options wanted, boolean dryRun) throws StoreException {
        return lock.holding(() -> change.reconfigure(wanted, dryRun));
    }
}
