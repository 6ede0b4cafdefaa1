package dev.morgana.cli.verb.entry;

import dev.morgana.cli.image.MissingLayer;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What verbs that change entries have in common. */
abstract class ChangingEntryVerb extends ChangingVerb {
    @Option(
            names = "--raw",
            description = "change what lies under a layer, such as encryption, though the layer is not named")
    private boolean raw;

    /**
     * Opens a store to change its entries.
     *
     * @throws UsageException if it wants a layer that is not named: what is written past an encryption is in the clear, and
     *     unreadable through it
     */
    final Store openEntries(StoreAddress address) throws Exception {
        Store store = openStore(address);
        boolean opened = false;
        try {
            Optional<MissingLayer> missing = raw ? Optional.empty() : session().missingLayer(address, store);
            if (missing.isPresent()) {
                throw new UsageException(
                        address.medium() + ": " + missing.get().message() + ", or write past the layer with --raw");
            }
            opened = true;
            return store;
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    /** Opens a tree to change its entries. */
    final KeyValueStore openTree(StoreAddress address) throws Exception {
        return Morgana.tree(openEntries(address));
    }
}
