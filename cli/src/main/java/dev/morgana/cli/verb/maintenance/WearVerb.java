package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Table;
import dev.morgana.cli.verb.Verb;
import dev.morgana.cli.verb.WholeImage;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.provider.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "wear",
        description = "Shows what the image tells of how often its blocks were written.",
        footer = {"", "Example: morgana wear image.bin"})
final class WearVerb extends Verb {
    private static final int WIDEST_BAR = 40;

    @Mixin
    private final WholeImage image = new WholeImage();

    @Option(names = "-l", description = "every block, rather than the spread alone")
    private boolean details;

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = image.address(session());
        List<Wear.BlockWear> blocks = new ArrayList<>();
        try (Inspection inspection = session().inspectReadOnly(address)) {
            facet(inspection, Wear.class, "keeps no counts of wear").wear(blocks::add);
        }
        if (output.isJson()) {
            output.jsonList(blocks, (json, block) -> {
                json.writeNumberField("block", block.block());
                json.writeNumberField("count", block.count());
                json.writeStringField("measure", block.measure());
            });
        } else {
            print(output, blocks);
        }
        return ExitCode.DONE;
    }

    private void print(Output output, List<Wear.BlockWear> blocks) {
        Map<String, LongSummaryStatistics> spread = new TreeMap<>();
        blocks.forEach(block -> spread.computeIfAbsent(block.measure(), measure -> new LongSummaryStatistics())
                .accept(block.count()));
        Table table = new Table("<>>>>");
        table.row("measure", "blocks", "least", "mean", "most");
        spread.forEach((measure, counts) -> table.row(
                measure,
                String.valueOf(counts.getCount()),
                String.valueOf(counts.getMin()),
                String.format(java.util.Locale.ROOT, "%.1f", counts.getAverage()),
                String.valueOf(counts.getMax())));
        table.print(output.text());
        if (details && !blocks.isEmpty()) {
            output.text().println();
            printBlocks(output, blocks);
        }
    }

    private static void printBlocks(Output output, List<Wear.BlockWear> blocks) {
        long most = Math.max(
                1, blocks.stream().mapToLong(Wear.BlockWear::count).max().orElse(1));
        Table table = new Table(">><");
        table.row("block", "count", "");
        for (Wear.BlockWear block : blocks) {
            // counts are 64 bits wide, so the product could overflow
            int bar = (int) Math.round((double) block.count() / most * WIDEST_BAR);
            table.row(String.valueOf(block.block()), String.valueOf(block.count()), "\u2588".repeat(Math.max(0, bar)));
        }
        table.print(output.text());
    }
}
