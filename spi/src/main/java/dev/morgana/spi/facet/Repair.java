package dev.morgana.spi.facet;

import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import java.util.ArrayList;
import java.util.List;
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
     * Repairs the medium, as far as it can be. It is safe against power loss: interrupted, it can be run again.
     *
     * @param dryRun whether to report the steps without writing
     * @param actions takes each step, before it is done
     * @return what is beyond repair: every error that a deep {@link Check} finds afterwards, or, after a dry run, would find.
     *     Empty if there is none
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the medium is read-only and this is no dry run
     * @throws StoreException if the device fails, or the medium is so damaged that no repair can begin
     */
    List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException;

    /**
     * What a repair leaves, told by the check of the same medium.
     *
     * @param check the check
     * @param dryRun whether the repair is still to be done, so that errors which it clears do not count
     * @return the errors, in the order of the check
     * @throws StoreException if the device fails
     */
    static List<Finding> remaining(Check check, boolean dryRun) throws StoreException {
        List<Finding> errors = new ArrayList<>();
        check.check(Check.Depth.DEEP, finding -> {
            boolean cleared = dryRun && finding.repairable();
            if (finding.severity() == Severity.ERROR && !cleared) {
                errors.add(finding);
            }
        });
        return List.copyOf(errors);
    }
}
