package dev.morgana.cli;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import picocli.CommandLine.Option;

/** What verbs that change an image have in common. The image is changed in place, under the lock of its driver. */
abstract class ChangingVerb extends Verb {
    @Option(names = "--dry-run", description = "tell what would be done, and do nothing")
    private boolean dryRun;

    /** Whether to tell only. */
    final boolean isDryRun() {
        return dryRun;
    }

    /** Opens a store to change it; for reading only where nothing is to be done. */
    final Store openStore(StoreAddress address) throws StoreException {
        return dryRun ? openReadOnly(address) : openTold(withClock(address));
    }

    final KeyValueStore open(StoreAddress address) throws StoreException {
        return Morgana.tree(openStore(address));
    }

    /** Tells of one thing that was done, or would be. */
    final void tell(Output output, String done) {
        output.note((dryRun ? "would have " : "") + done);
    }
}
