package dev.morgana.cli;

import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "find",
        description = "Finds entries by name, kind and size.",
        footer = {"", "Example: morgana find image.bin:/www --name '*.html' --larger 4K"})
final class FindVerb extends Verb {
    @Parameters(paramLabel = "IMAGE[:/path]", description = "where to look")
    private String image = "";

    @Option(names = "--name", paramLabel = "PATTERN", description = "names that match, such as '*.txt'")
    private String name = "*";

    @Option(names = "--type", paramLabel = "v|d", description = "values alone, or dictionaries alone")
    private String type = "";

    @Option(names = "--larger", paramLabel = "SIZE", description = "values of more bytes than this")
    private String larger = "";

    @Override
    ExitCode run(Output output) throws Exception {
        StoreAddress address = address(image);
        if (!List.of("", "v", "d").contains(type)) {
            throw new UsageException("--type is v or d, not '" + type + "'");
        }
        Long least = larger.isEmpty() ? Long.valueOf(-1) : Quantity.parseSize(larger);
        if (least == null) {
            throw new UsageException("'" + larger + "' is no size; write 64K, 1MiB, ...");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        List<EntryLine> found = new ArrayList<>();
        try (ReadableStore store = openReadOnly(address)) {
            find(store, entry(address), matcher, least, found);
        }
        if (output.isJson()) {
            output.json(json -> {
                json.writeStartArray();
                for (EntryLine line : found) {
                    json.writeStartObject();
                    line.write(json);
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        } else {
            found.forEach(line -> output.text().println(line.key() + (line.isDictionary() ? "/" : "")));
        }
        return ExitCode.DONE;
    }

    private void find(ReadableStore store, Key dictionary, PathMatcher matcher, long least, List<EntryLine> found)
            throws IOException {
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                Entry entry = i.next();
                EntryLine line = EntryLine.of(store, entry);
                if (isWanted(line, matcher, least)) {
                    found.add(line);
                }
                if (entry.kind() == Kind.DICTIONARY) {
                    find(store, entry.key(), matcher, least, found);
                }
            }
        }
    }

    private boolean isWanted(EntryLine line, PathMatcher matcher, long least) {
        boolean kind = type.isEmpty() || type.equals(line.isDictionary() ? "d" : "v");
        return kind && (least < 0 || line.size().orElse(-1) > least) && matches(line, matcher);
    }

    private static boolean matches(EntryLine line, PathMatcher matcher) {
        try {
            return matcher.matches(Path.of(Key.escape(line.key().nameBytes())));
        } catch (InvalidPathException e) {
            return false; // no pattern that a host takes can mean it
        }
    }
}
