package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.store.ReadableStore;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        description = "Writes values to standard output.",
        footer = {"", "Example: morgana cat image.bin:/etc/settings.json"})
final class CatVerb extends Verb {
    @Parameters(paramLabel = "IMAGE:/path", arity = "1..*", description = "the values")
    private List<String> images = List.of();

    @Override
    ExitCode run(Output output) throws Exception {
        if (output.isJson()) {
            throw new UsageException("cat writes the bytes of a value, which are no JSON; see stat");
        }
        for (String image : images) {
            StoreAddress address = address(image);
            try (ReadableStore store = openReadOnly(address);
                    InputStream value = store.open(entry(address))) {
                value.transferTo(output.text());
            }
        }
        return ExitCode.DONE;
    }
}
