package dev.morgana.cli;

import dev.morgana.cli.exchange.HostName;
import dev.morgana.cli.exchange.PartFolder;
import dev.morgana.cli.exchange.ValueFile;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.ReadableStore;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Copies a value into a file.",
        footer = {"", "Example: morgana get image.bin:/etc/settings.json settings.json"})
final class GetVerb extends Verb {
    @Parameters(index = "0", paramLabel = "IMAGE:/path", description = "the value")
    private String image = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            description = "where to; by default the entry's own name")
    private String file = "";

    @Option(names = "--force", description = "replace the file if it exists")
    private boolean force;

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        Key key = entry(address);
        Path target = file.isEmpty() ? HostName.of(key) : Path.of(file);
        if (Files.isDirectory(target)) {
            target = target.resolve(HostName.of(key));
        }
        try (ReadableStore store = openReadOnly(address)) {
            try (PartFolder parts = PartFolder.beside(target)) {
                ValueFile.write(store, key, target, force, parts);
            }
            long size = store.size(key);
            if (output.isJson()) {
                String name = target.toString();
                output.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("file", name);
                    json.writeNumberField("size", size);
                    json.writeEndObject();
                });
            }
        }
        return ExitCode.DONE;
    }
}
