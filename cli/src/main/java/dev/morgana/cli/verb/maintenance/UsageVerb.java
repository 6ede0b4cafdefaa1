package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.provider.Inspection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "usage",
        description = "Shows where the space goes, by what it holds.",
        footer = {"", "Example: morgana usage image.bin"})
final class UsageVerb extends Verb {
    private static final int WIDEST_BAR = 20;

    @Mixin
    private final WholeImage image = new WholeImage();

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        List<Usage.Share> shares;
        try (Inspection inspection = session().inspectReadOnly(address)) {
            shares = facet(inspection, Usage.class, "cannot tell where its space goes")
                    .usage();
        }
        if (output.isJson()) {
            output.jsonList(shares, Json::share);
        } else {
            print(output, shares);
        }
        return ExitCode.DONE;
    }

    private static void print(Output output, List<Usage.Share> shares) {
        long all = Math.max(1, shares.stream().mapToLong(Usage.Share::bytes).sum());
        Table table = new Table("<>>>><");
        table.row("space", "blocks", "size", "items", "share", "");
        for (Usage.Share share : shares) {
            double part = (double) share.bytes() / all;
            table.row(
                    share.kind(),
                    String.valueOf(share.blocks()),
                    Sizes.of(share.bytes()),
                    String.valueOf(share.items()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * part),
                    "\u2588".repeat((int) Math.round(part * WIDEST_BAR)));
        }
        table.print(output.text());
    }
}
