package dev.morgana.cli;

import dev.morgana.cli.exchange.NativeName;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Copies a file into an image, as a value that is replaced as a whole.",
        footer = {
            "",
            "Into a dictionary the file goes under its own name. - is standard input.",
            "Example: morgana put settings.json image.bin:/etc/settings.json"
        })
final class PutVerb extends ChangingVerb {
    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "FILE", description = "the file, or - for standard input")
    private String file = "";

    @Parameters(index = "1", paramLabel = "IMAGE:/path", description = "where to")
    private String image = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        Path path = Path.of(file);
        if (!isStandardInput() && !Files.isRegularFile(path)) {
            throw new UsageException(file + (Files.exists(path) ? ": is no regular file" : ": no such file"));
        }
        try (KeyValueStore store = open(address)) {
            Key key = target(store, entry(address));
            if (!isDryRun()) {
                try (InputStream value = isStandardInput() ? console().in() : Files.newInputStream(path)) {
                    store.set(key, value);
                }
            }
            tell(output, "put " + key);
        }
        return ExitCode.DONE;
    }

    private boolean isStandardInput() {
        return file.equals(STANDARD_INPUT);
    }

    private Key target(KeyValueStore store, Key key) throws Exception {
        if (!key.isRoot() && !store.kind(key).equals(java.util.Optional.of(Kind.DICTIONARY))) {
            return key;
        }
        if (isStandardInput()) {
            throw new UsageException(key + " is a dictionary, and standard input has no name; say under which");
        }
        return key.child(NativeName.of(Path.of(file).toAbsolutePath().normalize()));
    }
}
