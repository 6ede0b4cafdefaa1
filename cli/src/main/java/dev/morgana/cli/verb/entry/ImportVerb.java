package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.DrainingSink;
import dev.morgana.cli.exchange.FlatSink;
import dev.morgana.cli.exchange.StoreSink;
import dev.morgana.cli.exchange.TreeSink;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.SourceOptions;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Progress;
import dev.morgana.cli.output.Sizes;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        aliases = "add",
        description = "Copies files, folders, archives, or keys and values into an image that exists.",
        footer = {
            "",
            "Sources are those of create. What is there already and not among them stays.",
            "Example: morgana import image.bin:/www site/"
        })
final class ImportVerb extends ChangingEntryVerb {
    @Parameters(index = "0", paramLabel = "IMAGE[:/path]", description = "where to")
    private String image = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SOURCE", description = "what goes in")
    private List<String> sources = List.of();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key below = Entries.of(address);
        try (source;
                Store store = openEntries(address);
                Progress progress =
                        new Progress(session().console(), output.isQuiet(), Progress.UNKNOWN, sink(store, below))) {
            source.of(sources, store instanceof FlatStore, session().console().in())
                    .sendTo(progress);
            tell(output, "put " + Counts.of(progress.values(), "value") + ", " + Sizes.of(progress.bytes()));
        }
        return ExitCode.DONE;
    }

    private TreeSink sink(Store store, Key below) {
        if (isDryRun()) {
            return new DrainingSink();
        }
        return store instanceof FlatStore flat && below.isRoot()
                ? new FlatSink(flat)
                : new StoreSink(Morgana.tree(store), below, source.keepsTimes());
    }
}
