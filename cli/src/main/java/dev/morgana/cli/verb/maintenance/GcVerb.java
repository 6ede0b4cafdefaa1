package dev.morgana.cli.verb.maintenance;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.GarbageCollection;
import picocli.CommandLine.Command;

@Command(
        name = "gc",
        description = "Does pending work now: reclaims space, finishes what was interrupted.",
        footer = {"", "Example: morgana gc image.bin"})
final class GcVerb extends FacetVerb<GarbageCollection> {
    GcVerb() {
        super(GarbageCollection.class, "has no pending work", "collected");
    }

    @Override
    void perform(GarbageCollection collection) throws StoreException {
        collection.collect();
    }
}
