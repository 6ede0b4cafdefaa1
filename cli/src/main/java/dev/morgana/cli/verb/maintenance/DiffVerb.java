package dev.morgana.cli.verb.maintenance;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.provider.AccessMode;
import dev.morgana.spi.store.ReadableStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Tells which entries of two images differ.",
        footer = {
            "",
            "- in the first alone, + in the second alone, ~ in both but not the same.",
            "Ends with 1 if anything differs.",
            "Example: morgana diff shipped.bin returned.bin"
        })
final class DiffVerb extends Verb {
    private static final int CHUNK = 1 << 16;

    @Parameters(index = "0", paramLabel = "A[:/path]", description = "the first")
    private String one = "";

    @Parameters(index = "1", paramLabel = "B[:/path]", description = "the second")
    private String other = "";

    @Option(names = "--blocks", description = "compare the bytes, block by block, rather than the entries")
    private boolean blocks;

    @Override
    protected ExitCode run(Output output) throws Exception {
        return blocks ? compareBlocks(output) : compareEntries(output);
    }

    private ExitCode compareEntries(Output output) throws Exception {
        StoreAddress left = session().address(one);
        StoreAddress right = session().address(other);
        List<Difference> differences = new ArrayList<>();
        try (ReadableStore first = session().openReadOnly(left);
                ReadableStore second = session().openReadOnly(right)) {
            new TreeComparison(first, second, differences::add).compare(Entries.of(left), Entries.of(right));
        }
        if (output.isJson()) {
            output.jsonList(differences, (json, difference) -> {
                Json.key(json, "key", difference.key());
                json.writeStringField("mark", String.valueOf(difference.mark()));
                json.writeStringField("what", difference.what());
            });
        } else {
            differences.forEach(difference -> output.text()
                    .println(output.styled(colour(difference), difference.mark() + " " + difference.key())
                            + (difference.what().isEmpty() ? "" : "  " + difference.what())));
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static String colour(Difference difference) {
        return switch (difference.mark()) {
            case '-' -> "red";
            case '+' -> "green";
            default -> "yellow";
        };
    }

    private ExitCode compareBlocks(Output output) throws Exception {
        List<BlockRange> ranges = new ArrayList<>();
        try (BlockDevice first = session().morgana().at(session().address(one)).openDevice(AccessMode.READ_ONLY);
                BlockDevice second =
                        session().morgana().at(session().address(other)).openDevice(AccessMode.READ_ONLY)) {
            if (first.geometry().blockSize() != second.geometry().blockSize()) {
                throw new UsageException(
                        "blocks of " + Sizes.of(first.geometry().blockSize()) + " and of "
                                + Sizes.of(second.geometry().blockSize()) + "; give both -O blockSize=");
            }
            long count =
                    Math.max(first.geometry().blockCount(), second.geometry().blockCount());
            for (long block = 0; block < count; block++) {
                if (differ(first, second, block)) {
                    BlockRange.add(ranges, block);
                }
            }
        }
        if (output.isJson()) {
            output.jsonList(ranges, (json, range) -> {
                json.writeNumberField("first", range.first());
                json.writeNumberField("last", range.last());
            });
        } else {
            ranges.forEach(range -> output.text().println(range));
        }
        return ranges.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static boolean differ(BlockDevice first, BlockDevice second, long block) throws Exception {
        if (block >= first.geometry().blockCount() || block >= second.geometry().blockCount()) {
            return true;
        }
        int size = first.geometry().blockSize();
        for (int offset = 0; offset < size; offset += CHUNK) {
            int length = Math.min(CHUNK, size - offset);
            if (!read(first, block, offset, length).equals(read(second, block, offset, length))) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer read(BlockDevice device, long block, int offset, int length) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        device.read(block * device.geometry().blockSize() + offset, bytes);
        return bytes.flip();
    }
}
