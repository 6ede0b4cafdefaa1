package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.host.NamedInput;
import dev.morgana.cli.exchange.host.NativeName;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Copies files into an image, each as a value that is replaced as a whole.",
        footer = {
            "",
            "Into a dictionary files go under their own names. - is standard input.",
            "Examples: morgana put settings.json image.bin:/etc/settings.json",
            "          morgana put a.json b.json image.bin:/etc/"
        })
final class PutVerb extends ChangingEntryVerb {
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            arity = "2..*",
            paramLabel = "FILE... IMAGE:/path",
            hideParamSyntax = true,
            description = "the files, or - for standard input; and where to")
    private List<String> words = List.of();

    @Override
    protected ExitCode run(Output output) throws Exception {
        List<String> files = words.subList(0, words.size() - 1);
        StoreAddress address = session().address(words.get(words.size() - 1));
        for (String file : files) {
            checkFile(file);
        }
        try (KeyValueStore store = openTree(address)) {
            Key key = Entries.of(address);
            if (files.size() > 1 && !isDictionary(store, key)) {
                throw new UsageException(key + " is not a dictionary, and several files cannot have one name");
            }
            List<Key> targets = targets(store, files, key);
            for (int i = 0; i < files.size(); i++) {
                put(store, files.get(i), targets.get(i));
                tell(output, "put " + targets.get(i));
            }
        }
        return ExitCode.DONE;
    }

    private static void checkFile(String file) throws UsageException {
        Path path = Path.of(file);
        if (!file.equals(STANDARD_INPUT) && !Files.isRegularFile(path)) {
            throw new UsageException(
                    file + (Files.exists(path) ? ": is not a regular file; import takes folders" : ": no such file"));
        }
    }

    private static boolean isDictionary(KeyValueStore store, Key key) throws StoreException {
        return key.isRoot() || store.kind(key).equals(Optional.of(Kind.DICTIONARY));
    }

    /** Where each file goes; all are known, and none twice, before the first goes in. */
    private static List<Key> targets(KeyValueStore store, List<String> files, Key key) throws Exception {
        List<Key> targets = new ArrayList<>();
        for (String file : files) {
            Key target = isDictionary(store, key) ? key.child(name(key, file)) : key;
            if (targets.contains(target)) {
                throw new UsageException(
                        target + ": given twice, from " + files.get(targets.indexOf(target)) + " and from " + file);
            }
            targets.add(target);
        }
        return targets;
    }

    private static byte[] name(Key key, String file) throws Exception {
        if (file.equals(STANDARD_INPUT)) {
            throw new UsageException(key + " is a dictionary, and standard input has no name; give one after it");
        }
        return NativeName.of(Path.of(file).toAbsolutePath().normalize());
    }

    private void put(KeyValueStore store, String file, Key key) throws IOException {
        if (isDryRun()) {
            return;
        }
        boolean standardInput = file.equals(STANDARD_INPUT);
        try (InputStream value = new NamedInput(
                standardInput ? session().console().in() : Files.newInputStream(Path.of(file)),
                standardInput ? "standard input" : file)) {
            store.set(key, value);
        }
    }
}
