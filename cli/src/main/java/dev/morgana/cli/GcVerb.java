package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "gc",
        description = "Does pending work now: reclaims space, finishes what was interrupted.",
        footer = {"", "Example: morgana gc image.bin"})
final class GcVerb extends ChangingVerb {
    @Parameters(paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        refuseEntry(address);
        try (Store store = openStore(address)) {
            GarbageCollection collection = store.facet(GarbageCollection.class)
                    .orElseThrow(() -> new UsageException(store.info().format() + " has no pending work"));
            if (!isDryRun()) {
                collection.collect();
            }
            tell(output, "collected " + image);
        }
        return ExitCode.DONE;
    }
}
