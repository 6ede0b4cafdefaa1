package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Facet;
import java.util.List;

/**
 * Changing in place how an image is laid out, for a firmware that will be configured otherwise. An
 * {@linkplain dev.morgana.spi.provider.Inspection inspection} has it, because a store that is open is so under its old options.
 */
public interface Reconfiguration extends Facet {
    /**
     * One setting that changes.
     *
     * @param name the name of its option
     * @param before its value until now, as an option is written
     * @param after its value from now on, as an option is written
     */
    record Setting(String name, String before, String after) {}

    /**
     * What a change does.
     *
     * @param settings the settings that change; empty if the image has the wanted ones already
     * @param entries how many entries are kept, at least 0
     * @param usedBefore bytes that the entries take until now
     * @param usedAfter bytes that they take from now on
     */
    record Outcome(List<Setting> settings, long entries, long usedBefore, long usedAfter) {}

    /**
     * The settings that can be changed in place.
     *
     * @return their declarations, which are options of the format too
     */
    List<Option<?>> settings();

    /**
     * Changes settings. The whole change is tried before anything is written, and its result is compared with what was there.
     * Safe against power loss: every entry is kept, and after a {@link Repair} of what was being written the change can be run
     * again. Only a new inspection looks at the result.
     *
     * @param wanted the settings to change
     * @param dryRun whether to try only
     * @return what was done, or would be
     * @throws dev.morgana.spi.error.InvalidOptionException if a setting cannot be changed, or not to this; nothing was written
     * @throws dev.morgana.spi.error.NoSpaceException if not everything fits under the wanted settings; nothing was written
     * @throws dev.morgana.spi.error.CorruptStoreException if the image is damaged, see {@link Repair}; nothing was written
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the medium is read-only and this is no dry run
     * @throws StoreException for these, or if the device fails
     */
    Outcome reconfigure(Options wanted, boolean dryRun) throws StoreException;
}
