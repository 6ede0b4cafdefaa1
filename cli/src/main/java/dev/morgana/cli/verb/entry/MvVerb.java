package dev.morgana.cli.verb.entry;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "mv",
        aliases = "rename",
        description = "Moves or renames an entry within an image.",
        footer = {
            "",
            "Into a dictionary that exists it moves under its own name.",
            "Example: morgana mv image.bin:/a /b"
        })
final class MvVerb extends ChangingEntryVerb {
    @Parameters(index = "0", paramLabel = "IMAGE:/path", description = "what to move")
    private String source = "";

    @Parameters(index = "1", paramLabel = "/path", description = "where to, in the same image")
    private String target = "";

    @Override
    protected ExitCode run(Output output) throws Exception {
        EntryPair pair = EntryPair.of(session(), source, target);
        if (!pair.isWithinOneImage()) {
            throw new UsageException("mv works within one image; use cp, and then rm");
        }
        try (KeyValueStore store = openTree(pair.source())) {
            Key to = pair.targetIn(store);
            if (!isDryRun()) {
                store.rename(pair.from(), to, RenameMode.EXACT);
            }
            tell(output, "moved " + pair.from() + " to " + to);
        }
        return ExitCode.DONE;
    }
}
