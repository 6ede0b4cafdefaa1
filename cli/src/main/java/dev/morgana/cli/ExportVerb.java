package dev.morgana.cli;

import dev.morgana.cli.exchange.FlatSource;
import dev.morgana.cli.exchange.HostName;
import dev.morgana.cli.exchange.StoreSource;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.exchange.ValueFile;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    private final List<String> skipped = new ArrayList<>();
    private long files;
    private long bytes;

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        Key key = entry(address);
        Optional<ExportFile> file = ExportFile.of(target());
        if (file.isPresent()) {
            return exportFile(file.get(), address, key, output);
        }
        Path target = Path.of(folder);
        try (ReadableStore store = openReadOnly(address)) {
            if (Files.exists(target) && !Files.isDirectory(target)) {
                throw new UsageException(target + " exists and is no folder");
            }
            checkNames(store, key, target);
            Files.createDirectories(target);
            copy(store, key, target);
        }
        report(output);
        return skipped.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
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
        try (Store store = openStoreReadOnly(address)) {
            TreeSource source = store instanceof FlatStore flat && key.isRoot() && file.isList()
                    ? new FlatSource(flat)
                    : new StoreSource(Morgana.tree(store), key);
            try (Progress progress = new Progress(console(), output.isQuiet(), Progress.UNKNOWN, new NoSink())) {
                file.write(console().out(), force, sink -> source.sendTo(progress.again(sink)));
                files = progress.values();
                bytes = progress.bytes();
            }
        }
        if (!file.isStandardOutput()) {
            report(output);
        }
        return ExitCode.DONE;
    }

    /** All names and targets are looked at before the first file is made, so that a refused export leaves nothing behind. */
    private void checkNames(ReadableStore store, Key dictionary, Path target) throws IOException, UsageException {
        Set<String> folded = new TreeSet<>();
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                Entry entry = i.next();
                if (!HostName.isSafe(entry.key()) && skipUnsafe) {
                    skipped.add(entry.key().toString());
                    continue;
                }
                String name = HostName.of(entry.key());
                if (!folded.add(name.toLowerCase(Locale.ROOT)) && !skipUnsafe) {
                    throw new UsageException(entry.key() + ": another name differs only in case, so that one file would"
                            + " replace the other on some systems; use --skip-unsafe to go on regardless");
                }
                Path file = target.resolve(name);
                if (entry.kind() == Kind.DICTIONARY) {
                    checkFolder(file);
                    checkNames(store, entry.key(), file);
                } else {
                    ValueFile.checkTarget(file, force);
                }
            }
        }
    }

    private void copy(ReadableStore store, Key dictionary, Path target) throws IOException, UsageException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                Entry entry = i.next();
                if (!HostName.isSafe(entry.key())) {
                    continue;
                }
                Path file = target.resolve(HostName.of(entry.key()));
                if (entry.kind() == Kind.DICTIONARY) {
                    checkFolder(file);
                    Files.createDirectories(file);
                    copy(store, entry.key(), file);
                } else {
                    ValueFile.write(store, entry.key(), file, force);
                    files++;
                    bytes += store.size(entry.key());
                }
            }
        }
    }

    /** A link that stands where a folder is wanted would lead out of the target. */
    private static void checkFolder(Path folder) throws UsageException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(folder + " exists and is no folder");
        }
    }

    private void report(Output output) throws IOException {
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartObject();
                json.writeNumberField("files", files);
                json.writeNumberField("bytes", bytes);
                json.writeArrayFieldStart("skipped");
                for (String name : skipped) {
                    json.writeString(name);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
            return;
        }
        output.note(Counts.of(files, "file") + ", " + Sizes.of(bytes) + " in " + folder);
        skipped.forEach(name -> output.text().println("skipped, unsafe name: " + name));
    }
}
