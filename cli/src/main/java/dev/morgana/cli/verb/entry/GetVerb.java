package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.host.HostName;
import dev.morgana.cli.exchange.host.PartFolder;
import dev.morgana.cli.exchange.host.ValueFile;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
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
        footer = {
            "",
            "A name in the path may be a pattern; all that match go into a folder.",
            "Examples: morgana get image.bin:/etc/settings.json settings.json",
            "          morgana get 'image.bin:/docs/*.md' docs"
        })
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
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        try (ReadableStore store = session().openReadOnly(address)) {
            MatchingKeys matching = MatchingKeys.of(store, address);
            if (!matching.isPattern()) {
                return get(store, matching.keys().get(0), output);
            }
            if (!file.isEmpty() && !Files.isDirectory(Path.of(file))) {
                throw new UsageException(
                        file + " is not a folder, and a pattern may match several values; make the folder first");
            }
            if (output.isJson()) {
                throw new UsageException("--json describes a single value; give no pattern, or leave it out");
            }
            return each(matching.keys(), key -> get(store, key, output));
        }
    }

    private ExitCode get(ReadableStore store, Key key, Output output) throws Exception {
        Path target = file.isEmpty() ? HostName.of(key) : Path.of(file);
        if (Files.isDirectory(target)) {
            target = target.resolve(HostName.of(key));
        }
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
        return ExitCode.DONE;
    }
}
