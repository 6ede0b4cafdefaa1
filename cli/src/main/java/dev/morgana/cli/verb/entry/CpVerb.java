package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.DrainingSink;
import dev.morgana.cli.exchange.StoreSink;
import dev.morgana.cli.exchange.StoreSource;
import dev.morgana.cli.exchange.TreeSink;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Progress;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cp",
        description = "Copies entries within an image or from one image to another, with their attributes.",
        footer = {"", "Example: morgana cp -r old.bin:/etc new.bin:/etc"})
final class CpVerb extends ChangingEntryVerb {
    @Parameters(index = "0", paramLabel = "IMAGE:/path", description = "what to copy")
    private String source = "";

    @Parameters(index = "1", paramLabel = "[IMAGE:]/path", description = "where to")
    private String target = "";

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "copy dictionaries with all that is in them")
    private boolean recursive;

    @Override
    protected ExitCode run(Output output) throws Exception {
        EntryPair pair = EntryPair.of(session(), source, target);
        if (pair.isWithinOneImage()) {
            try (KeyValueStore store = openTree(pair.source())) {
                copy(output, pair, store, store);
            }
            return ExitCode.DONE;
        }
        try (ReadableStore from = session().openReadOnly(pair.source());
                KeyValueStore to = openTree(pair.target())) {
            copy(output, pair, from, to);
        }
        return ExitCode.DONE;
    }

    private void copy(Output output, EntryPair pair, ReadableStore from, KeyValueStore to) throws Exception {
        Kind kind = Entries.kind(from, pair.from());
        Key key = pair.targetIn(to);
        if (kind == Kind.DICTIONARY && !recursive) {
            throw new UsageException(pair.from() + " is a dictionary; -r copies it with all that is in it");
        }
        if (kind == Kind.DICTIONARY && from == to && pair.from().isPrefixOf(key)) {
            throw new UsageException(pair.from() + " cannot be copied into itself");
        }
        // a value is sent under its old name: one level up, and renamed on its way
        StoreSink written = new StoreSink(to, kind == Kind.VALUE ? key.parent() : key, true);
        TreeSink sink = isDryRun()
                ? new DrainingSink()
                : kind == Kind.VALUE ? new RenamingSink(written, key.nameBytes()) : written;
        if (kind == Kind.DICTIONARY && !isDryRun()) {
            sink.dictionary(new byte[0], Details.NONE);
        }
        try (Progress progress = new Progress(session().console(), output.isQuiet(), Progress.UNKNOWN, sink)) {
            new StoreSource(from, pair.from()).sendTo(progress);
            tell(
                    output,
                    "copied " + Counts.of(progress.values(), "value") + ", " + Sizes.of(progress.bytes()) + ", to "
                            + key);
        }
        if (written.lostAttributes() > 0) {
            session()
                    .console()
                    .complain(Counts.of(written.lostAttributes(), "attribute was", "attributes were") + " not copied: "
                            + to.info().format() + lack(pair.target()));
        }
    }

    private static String lack(StoreAddress target) {
        return target.storeLayers().isEmpty()
                ? " has none"
                : " has none under " + String.join("+", target.storeLayers());
    }
}
