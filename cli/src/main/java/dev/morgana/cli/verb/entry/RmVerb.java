package dev.morgana.cli.verb.entry;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        aliases = "remove",
        description = "Removes values, and with -r dictionaries with all that is in them.",
        footer = {"", "Examples: morgana rm image.bin:/etc/settings.json", "          morgana rm 'image.bin:/docs/*.md'"
        })
final class RmVerb extends ChangingEntryVerb {
    @Parameters(paramLabel = "IMAGE:/path", arity = "1..*", description = "what to remove")
    private List<String> images = List.of();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "remove dictionaries too")
    private boolean recursive;

    @Option(
            names = {"-f", "--force"},
            description = "what does not exist is no error")
    private boolean force;

    @Override
    protected ExitCode run(Output output) throws Exception {
        return each(images, image -> remove(image, output));
    }

    private ExitCode remove(String image, Output output) throws Exception {
        StoreAddress address = session().address(image);
        if (Entries.of(address).isRoot()) {
            throw new UsageException(image + ": names no entry; to empty an image, make it again with create --force");
        }
        try (KeyValueStore store = openTree(address)) {
            return each(matching(store, address), key -> {
                remove(store, key, output);
                return ExitCode.DONE;
            });
        }
    }

    private List<Key> matching(KeyValueStore store, StoreAddress address) throws Exception {
        try {
            return MatchingKeys.of(store, address).keys();
        } catch (NoSuchKeyException e) {
            if (force) {
                return List.of();
            }
            throw e;
        }
    }

    private void remove(KeyValueStore store, Key key, Output output) throws Exception {
        Optional<Kind> kind = store.kind(key);
        if (kind.isEmpty() && force) {
            return;
        }
        if (kind.orElseThrow(() -> new NoSuchKeyException(key)) == Kind.DICTIONARY && !recursive) {
            throw new UsageException(key + " is a dictionary; -r removes it with all that is in it");
        }
        if (!isDryRun()) {
            store.remove(key);
        }
        tell(output, "removed " + key);
    }
}
