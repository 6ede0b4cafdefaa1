package dev.morgana.cli.image;

import dev.morgana.cli.exchange.CsvSource;
import dev.morgana.cli.exchange.DistinctSink;
import dev.morgana.cli.exchange.DrainingSink;
import dev.morgana.cli.exchange.FolderSource;
import dev.morgana.cli.exchange.JsonSource;
import dev.morgana.cli.exchange.LastValues;
import dev.morgana.cli.exchange.SpecialFiles;
import dev.morgana.cli.exchange.TarSource;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.exchange.ZipSource;
import dev.morgana.cli.exchange.host.NativeName;
import dev.morgana.cli.exchange.host.Spool;
import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What comes in from the host, and by which rules. */
public final class SourceOptions implements AutoCloseable {
    /** The word for an archive on standard input. */
    private static final String STANDARD_INPUT = "-";

    private static final List<String> TARS = List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2");

    @Option(
            names = "--special",
            paramLabel = "RULE",
            defaultValue = "refuse",
            description = "symbolic links and special files: refuse, skip or follow (default: ${DEFAULT-VALUE})")
    private SpecialFiles special = SpecialFiles.REFUSE;

    @Option(names = "--times", description = "keep the times of files, where the format has them")
    private boolean times;

    @Option(
            names = "--last-wins",
            description = "of several values under one path take the last, instead of refusing them")
    private boolean lastWins;

    private @Nullable Spool standardInput;

    /** How everything was looked through already: as for a flat store, as for a tree. */
    private final Set<Boolean> lookedThrough = new HashSet<>();

    public boolean keepsTimes() {
        return times;
    }

    /**
     * Everything that the words name, one after the other. Nothing is sent before all was looked through, so that what cannot be
     * read, or comes twice, is found before the first change.
     *
     * @param flat whether JSON and CSV are keys and values, rather than files like others
     * @param in standard input
     */
    public TreeSource of(List<String> words, boolean flat, InputStream in) throws IOException {
        TreeSource all = sink -> {};
        for (String word : words) {
            all = all.then(one(word, flat, in));
        }
        TreeSource source = all;
        TreeSource distinct = lastWins ? new LastValues(source) : source;
        return sink -> {
            if (lookedThrough.add(flat)) {
                source.sendTo(lastWins ? new DrainingSink() : new DistinctSink(new DrainingSink()));
            }
            distinct.sendTo(sink);
        };
    }

    private TreeSource one(String word, boolean flat, InputStream in) throws IOException {
        if (word.equals(STANDARD_INPUT)) {
            Spool spool = standardInput != null ? standardInput : new Spool(in, "standard input");
            standardInput = spool;
            return new TarSource("standard input", spool::open, special);
        }
        Path file = Path.of(word);
        if (!Files.exists(file)) {
            boolean lost = word.indexOf('\ufffd') >= 0;
            throw new TransferException(word + ": no such file or folder"
                    + (lost ? "; a name that is not UTF-8 cannot be typed, name its folder instead" : ""));
        }
        Path named = file.toAbsolutePath().normalize();
        byte[] name = named.getFileName() == null ? new byte[0] : NativeName.of(named);
        String lower = named.toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            boolean contentOnly = word.endsWith("/") || word.endsWith("/.") || word.equals(".");
            return new FolderSource(file, contentOnly ? new byte[0] : name, special);
        }
        if (TARS.stream().anyMatch(lower::endsWith)) {
            return new TarSource(word, () -> Files.newInputStream(file), special);
        }
        if (lower.endsWith(".zip")) {
            return new ZipSource(file);
        }
        if (flat && lower.endsWith(".json")) {
            return new JsonSource(file);
        }
        return flat && lower.endsWith(".csv") ? new CsvSource(file) : new FolderSource(file, name, special);
    }

    @Override
    public void close() {
        if (standardInput != null) {
            standardInput.close();
        }
    }
}
