package dev.morgana.spi.facet;

import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.function.Consumer;

/** What the format's own recovery may do, done on request and reported. */
public interface Repair extends Facet {
    /**
     * One step of a repair.
     *
     * @param position where
     * @param action what was done, or would be
     * @param lost what is given up by it, for people; empty if nothing
     */
    record Action(Position position, String action, String lost) {}

    /**
     * Repairs the medium. It is safe against power loss: interrupted, it can be run again.
     *
     * @param dryRun whether to report the steps without writing
     * @param actions takes each step, before it is done
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the medium is read-only and this is no dry run
     * @throws StoreException if the device fails, or the damage is beyond repair
     */
    void repair(boolean dryRun, Consumer<Action> actions) throws StoreException;
}
