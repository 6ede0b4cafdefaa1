package dev.morgana.cli.verb;

import dev.morgana.cli.output.Output;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Store;
import picocli.CommandLine.Option;

/** What verbs that change an image have in common. The image is changed in place, under the lock of its driver. */
public abstract class ChangingVerb extends Verb {
    @Option(names = "--dry-run", description = "tell what would be done, and do nothing")
    private boolean dryRun;

    /** Whether to tell only. */
    protected final boolean isDryRun() {
        return dryRun;
    }

    /** Opens a store to change it; for reading only where nothing is to be done. */
    protected final Store openStore(StoreAddress address) throws StoreException {
        return dryRun ? session().openStoreReadOnly(address) : session().openStore(address);
    }

    /** Looks into an image to change it; without writing where nothing is to be done. */
    protected final Inspection inspect(StoreAddress address) throws StoreException {
        return dryRun ? session().inspectReadOnly(address) : session().inspect(address);
    }

    /** Tells of one thing that was done, or would be. */
    protected final void tell(Output output, String done) {
        output.note((dryRun ? "would have " : "") + done);
    }
}
