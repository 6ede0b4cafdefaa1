package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.CountingSink;
import dev.morgana.cli.exchange.StoreSink;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.image.SourceOptions;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Progress;
import dev.morgana.cli.verb.ChangingVerb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Makes an image and fills it from files, folders, archives, or keys and values.",
        footer = {
            "",
            "A SOURCE is a file, a folder (with a slash at its end: what is in it), an",
            "archive (.tar, .tar.gz, .tar.bz2, .zip), - for a tar on standard input, or",
            "for flat formats .json or .csv with keys and values.",
            "The same input makes the same bytes.",
            "Examples: morgana create littlefs site.img README.md docs",
            "          morgana create littlefs -s 1M -b 4K -p 256 flash.bin www/",
            "          morgana create embedkv --fit settings.img settings.json"
        })
final class CreateVerb extends ChangingVerb {
    @Parameters(index = "0", paramLabel = "FORMAT", description = "the format; see formats")
    private String format = "";

    @Parameters(index = "1", paramLabel = "IMAGE", description = "the image to make")
    private String image = "";

    @Parameters(index = "2..*", paramLabel = "SOURCE", description = "what goes in")
    private List<String> sources = List.of();

    @Mixin
    private final ImageOptions options = new ImageOptions();

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Override
    protected ExitCode run(Output output) throws Exception {
        FormatArgument word = FormatArgument.of(format);
        StoreProvider provider = session().morgana().format(word.format());
        StoreAddress address =
                session().withClock(options.applyTo(word.applyTo(session().address(image)), provider));
        Entries.refuse(address);
        ImageMaker maker = new ImageMaker(session(), options, output.isQuiet(), !isDryRun());
        try (source) {
            maker.make(image, address, contentSize(), this::fill).report(output, isDryRun());
        }
        return ExitCode.DONE;
    }

    private void fill(Store store, Progress progress) throws Exception {
        source.of(sources, store instanceof FlatStore, session().console().in())
                .sendTo(progress.again(StoreSink.into(store, source.keepsTimes())));
    }

    /** How much there will be: the search for a size begins with it, and progress ends with it. */
    private long contentSize() throws Exception {
        CountingSink counter = new CountingSink();
        source.of(sources, false, session().console().in()).sendTo(counter);
        return counter.bytes();
    }
}
