package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "compact",
        description = "Rewrites the image in as little space as its format allows, in place.",
        footer = {"", "Example: morgana compact image.bin"})
final class CompactVerb extends ChangingVerb {
    @Parameters(paramLabel = "IMAGE", description = "the image")
    private String image = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        refuseEntry(address);
        try (Store store = openStore(address)) {
            Compaction compaction = store.facet(Compaction.class)
                    .orElseThrow(() -> new UsageException(store.info().format() + " has nothing to compact"));
            if (!isDryRun()) {
                compaction.compact();
            }
            tell(output, "compacted " + image);
        }
        return ExitCode.DONE;
    }
}
