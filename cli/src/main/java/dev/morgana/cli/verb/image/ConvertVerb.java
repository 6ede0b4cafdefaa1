package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.CountingSink;
import dev.morgana.cli.exchange.StoreSink;
import dev.morgana.cli.exchange.StoreSource;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Progress;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Store;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        description = "Makes an image in another format or geometry from one that exists, and reads it back.",
        footer = {
            "",
            "What cannot be carried over is told first, and nothing is made; --lossy",
            "accepts it. Options in -O are those of the new image.",
            "Example: morgana convert old.bin new.bin --to littlefs -b 4K"
        })
final class ConvertVerb extends ChangingVerb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "the image that exists")
    private String source = "";

    @Parameters(index = "1", paramLabel = "IMAGE", description = "the image to make")
    private String image = "";

    @Option(names = "--to", paramLabel = "FORMAT", description = "the new format; by default that of the source")
    private String to = "";

    @Option(names = "--lossy", description = "go on without what cannot be carried over")
    private boolean lossy;

    @Mixin
    private final ImageOptions options = new ImageOptions();

    private List<String> losses = List.of();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress from = session().morgana().parse(source);
        Entries.refuse(from);
        try (Store original = session().openStoreReadOnly(from)) {
            StoreAddress written = session().address(image);
            FormatArgument word = FormatArgument.of(
                    !to.isEmpty() ? to : written.format().orElse(original.info().format()));
            StoreAddress address = session()
                    .withClock(options.applyTo(
                            word.applyTo(written), session().morgana().format(word.format())));
            Entries.refuse(address);
            return convert(original, address, output);
        }
    }

    private ExitCode convert(Store original, StoreAddress address, Output output) throws Exception {
        ImageMaker maker = new ImageMaker(session(), options, output.isQuiet(), !isDryRun());
        try {
            MadeImage made = maker.make(
                    image, address, contentSize(original), (store, progress) -> fill(original, store, progress));
            losses.forEach(loss -> output.note("lost: " + loss));
            made.report(output, isDryRun());
        } catch (LossException e) {
            e.losses().forEach(loss -> output.text().println("would be lost: " + loss));
            output.note("nothing was made; --lossy goes on without these");
            return ExitCode.FINDINGS;
        }
        return ExitCode.DONE;
    }

    /** Fills the new store; what is lost is found before the first byte goes in. */
    private void fill(Store original, Store store, Progress progress) throws Exception {
        TreeSource from = StoreSource.between(original, store);
        LossReport report = new LossReport(store, new CountingSink());
        from.sendTo(report);
        losses = report.losses();
        if (!losses.isEmpty() && !lossy) {
            throw new LossException(losses);
        }
        from.sendTo(new LossReport(store, progress.again(StoreSink.into(store, true))));
        from.sendTo(new LossReport(store, new VerifyingSink(store)));
    }

    private static long contentSize(Store original) throws Exception {
        CountingSink counter = new CountingSink();
        new StoreSource(Morgana.tree(original), Key.ROOT).sendTo(counter);
        return counter.bytes();
    }
}
