package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.CountingSink;
import dev.morgana.cli.exchange.DamagePolicy;
import dev.morgana.cli.exchange.FlatSource;
import dev.morgana.cli.exchange.StoreSource;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.image.Entries;
import dev.morgana.cli.output.Counts;
import dev.morgana.cli.output.DamageList;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.Json;
import dev.morgana.cli.output.Output;
import dev.morgana.cli.output.Progress;
import dev.morgana.cli.output.Sizes;
import dev.morgana.cli.output.UsageException;
import dev.morgana.cli.verb.Verb;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        aliases = "extract",
        description = "Copies what is in an image into a folder, an archive, or a list of keys and values.",
        footer = {
            "",
            "Names that are unsafe on a host (.., control characters, device names,",
            "names that differ only in case) are refused before anything is written.",
            "A target that ends with .tar, .tar.gz, .json or .csv is written as such;",
            "-.tar and its like write to standard output. create reads all of them.",
            "Examples: morgana export image.bin:/www site",
            "          morgana export settings.img -.json"
        })
final class ExportVerb extends Verb {
    @Parameters(index = "0", paramLabel = "IMAGE[:/path]", description = "what to copy")
    private String image = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR|FILE",
            arity = "0..1",
            description = "where to; a folder is made if it does not exist")
    private String folder = "";

    @Option(names = "-.tar", description = "write a tar archive to standard output")
    private boolean tarOut;

    @Option(names = "-.json", description = "write keys and values as JSON to standard output")
    private boolean jsonOut;

    @Option(names = "-.csv", description = "write keys and values as CSV to standard output")
    private boolean csvOut;

    @Option(names = "--force", description = "replace files that exist")
    private boolean force;

    @Option(names = "--skip-unsafe", description = "leave out entries whose names are unsafe, and tell which")
    private boolean skipUnsafe;

    @Option(
            names = "--keep-going",
            description = "leave out what cannot be read because the image is damaged, and tell what")
    private boolean keepGoing;

    private final DamageList damaged = new DamageList();
    private List<String> skipped = List.of();
    private long files;
    private long bytes;

    @Override
    protected ExitCode run(Output output) throws Exception {
        StoreAddress address = session().address(image);
        Key key = Entries.of(address);
        Optional<ExportFile> file = ExportFile.of(target());
        if (file.isPresent()) {
            return exportFile(file.get(), address, key, output);
        }
        Path target = Path.of(folder);
        try (ReadableStore store = session().openReadOnly(address)) {
            if (Files.exists(target) && !Files.isDirectory(target)) {
                throw new UsageException(target + " exists and is not a folder");
            }
            FolderExport export = new FolderExport(store, force, skipUnsafe, policy());
            export.run(key, target);
            skipped = export.skipped();
            files = export.files();
            bytes = export.bytes();
        }
        return report(output);
    }

    /** What becomes of damage. */
    private DamagePolicy policy() {
        return keepGoing ? damaged : DamagePolicy.FAIL;
    }

    /** Where to, in one word. */
    private String target() throws UsageException {
        List<String> words = new ArrayList<>();
        Map.of(folder, !folder.isEmpty(), "-.tar", tarOut, "-.json", jsonOut, "-.csv", csvOut)
                .forEach((word, given) -> {
                    if (given) {
                        words.add(word);
                    }
                });
        if (words.size() != 1) {
            throw new UsageException("give one target: a folder, a file, or -.tar, -.json, -.csv");
        }
        return words.get(0);
    }

    private ExitCode exportFile(ExportFile file, StoreAddress address, Key key, Output output) throws Exception {
        try (Store store = session().openStoreReadOnly(address)) {
            TreeSource source = store instanceof FlatStore flat && key.isRoot() && file.isList()
                    ? new FlatSource(flat, policy())
                    : new StoreSource(Morgana.tree(store), key, policy());
            try (Progress progress =
                    new Progress(session().console(), output.isQuiet(), Progress.UNKNOWN, new CountingSink())) {
                file.write(session().console().out(), force, sink -> source.sendTo(progress.again(sink)));
                files = progress.values();
                bytes = progress.bytes();
            }
        }
        if (file.isStandardOutput()) {
            damaged.report(session().console());
            return damaged.lines().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
        }
        return report(output);
    }

    private ExitCode report(Output output) throws IOException {
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                json.writeNumberField("files", files);
                json.writeNumberField("bytes", bytes);
                Json.texts(json, "skipped", skipped);
                Json.texts(json, "unreadable", damaged.lines());
                json.writeEndObject();
            });
        } else {
            output.note(Counts.of(files, "file") + ", " + Sizes.of(bytes) + " in " + folder);
            skipped.forEach(name -> output.text().println("skipped, unsafe name: " + name));
            damaged.lines().forEach(line -> output.text().println("unreadable: " + line));
        }
        return skipped.isEmpty() && damaged.lines().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
}
