package dev.morgana.cli.verb.entry;

import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mkdir",
        description = "Makes empty dictionaries, in formats that have them.",
        footer = {"", "Example: morgana mkdir -p image.bin:/var/log"})
final class MkdirVerb extends ChangingEntryVerb {
    @Parameters(paramLabel = "IMAGE:/path", arity = "1..*", description = "the dictionaries")
    private List<String> images = List.of();

    @Option(
            names = {"-p", "--parents"},
            description = "with their parents; one that exists is no error")
    private boolean parents;

    @Override
    protected ExitCode run(Output output) throws Exception {
        return each(images, image -> make(image, output));
    }

    private ExitCode make(String image, Output output) throws Exception {
        StoreAddress address = session().address(image);
        try (KeyValueStore store = openTree(address)) {
            Dictionaries dictionaries = facet(
                    store,
                    address,
                    Dictionaries.class,
                    "keeps no empty dictionaries; they are there as long as something is in them");
            Key key = Entries.of(address);
            for (int depth = parents ? 1 : key.depth(); depth <= key.depth(); depth++) {
                make(store, dictionaries, key.ancestor(depth), output);
            }
        }
        return ExitCode.DONE;
    }

    private void make(KeyValueStore store, Dictionaries dictionaries, Key key, Output output) throws Exception {
        Optional<Kind> kind = store.kind(key);
        if (parents && kind.equals(Optional.of(Kind.DICTIONARY))) {
            return;
        }
        if (kind.isPresent()) {
            throw new KeyExistsException(key, kind.get());
        }
        checkParent(store, key);
        if (!isDryRun()) {
            dictionaries.create(key);
        }
        tell(output, "made " + key);
    }

    /** In a dry run, the parents of those that would be made are not there yet. */
    private void checkParent(KeyValueStore store, Key key) throws Exception {
        for (int depth = 1; depth < key.depth() && !parents; depth++) {
            Key parent = key.ancestor(depth);
            if (store.kind(parent).isEmpty()) {
                throw new UsageException(
                        key + ": its parent " + parent + " does not exist; -p makes it too", ExitCode.NOT_FOUND);
            }
        }
    }
}
