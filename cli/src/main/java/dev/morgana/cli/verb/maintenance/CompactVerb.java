package dev.morgana.cli.verb.maintenance;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Compaction;
import picocli.CommandLine.Command;

@Command(
        name = "compact",
        description = "Rewrites the image in as little space as its format allows, in place.",
        footer = {"", "Example: morgana compact image.bin"})
final class CompactVerb extends FacetVerb<Compaction> {
    CompactVerb() {
        super(Compaction.class, "has nothing to compact", "compacted");
    }

    @Override
    void perform(Compaction compaction) throws StoreException {
        compaction.compact();
    }
}
