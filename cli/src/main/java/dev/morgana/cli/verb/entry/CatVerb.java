package dev.morgana.cli.verb.entry;

import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.OlderStates;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        description = "Writes values to standard output.",
        footer = {
            "",
            "A name in the path may be a pattern, such as 'image.bin:/etc/*.json'.",
            "Example: morgana cat image.bin:/etc/settings.json"
        })
final class CatVerb extends Verb {
    private static final int NOW = -1;

    @Parameters(paramLabel = "IMAGE:/path", arity = "1..*", description = "the values")
    private List<String> images = List.of();

    @Option(names = "--at", paramLabel = "N", description = "an older state, by its number in log")
    private int at = NOW;

    @Override
    protected ExitCode run(Output output) throws Exception {
        if (output.isJson()) {
            throw new UsageException("cat writes the bytes of a value, which are not JSON; see stat");
        }
        return each(images, this::write);
    }

    private ExitCode write(String image) throws Exception {
        StoreAddress address = session().address(image);
        try (ReadableStore store = session().openReadOnly(address)) {
            return each(MatchingKeys.of(store, address).keys(), key -> {
                try (InputStream value = open(address, store, key)) {
                    value.transferTo(session().console().out());
                }
                return ExitCode.DONE;
            });
        }
    }

    private InputStream open(StoreAddress address, ReadableStore store, Key key) throws Exception {
        if (at == NOW) {
            return store.open(key);
        }
        History history = OlderStates.of(store, address);
        History.Version version = history.versions(key).stream()
                .filter(candidate -> candidate.index() == at)
                .findFirst()
                .orElseThrow(() -> new UsageException(key + " has no state " + at + "; see log"));
        if (version.size().isEmpty()) {
            throw new UsageException(key + " was removed in state " + at);
        }
        return history.open(key, version);
    }
}
