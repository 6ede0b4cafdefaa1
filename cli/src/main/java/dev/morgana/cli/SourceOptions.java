package dev.morgana.cli;

import dev.morgana.cli.exchange.CsvSource;
import dev.morgana.cli.exchange.FolderSource;
import dev.morgana.cli.exchange.JsonSource;
import dev.morgana.cli.exchange.SpecialFiles;
import dev.morgana.cli.exchange.TarSource;
import dev.morgana.cli.exchange.TreeSource;
import dev.morgana.cli.exchange.UnfitException;
import dev.morgana.cli.exchange.ZipSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What comes in from the host, and by which rules. */
final class SourceOptions {
    /** The word for an archive on standard input. */
    static final String STANDARD_INPUT = "-";

    private static final List<String> TARS = List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2");

    @Option(
            names = "--special",
            paramLabel = "RULE",
            defaultValue = "refuse",
            description = "symbolic links and special files: refuse, skip or follow (default: ${DEFAULT-VALUE})")
    private SpecialFiles special = SpecialFiles.REFUSE;

    @Option(names = "--times", description = "keep the times of files, where the format has them")
    private boolean times;

    boolean keepsTimes() {
        return times;
    }

    /**
     * Everything that the words name, one after the other.
     *
     * @param flat whether JSON and CSV are keys and values, rather than files like others
     * @param in standard input
     */
    TreeSource of(List<String> words, boolean flat, InputStream in) throws IOException {
        TreeSource all = sink -> {};
        for (String word : words) {
            all = all.then(one(word, flat, in));
        }
        return all;
    }

    private TreeSource one(String word, boolean flat, InputStream in) throws IOException {
        if (word.equals(STANDARD_INPUT)) {
            return new TarSource(() -> in, special);
        }
        Path file = Path.of(word);
        if (!Files.exists(file)) {
            throw new UnfitException(word + ": no such file or folder");
        }
        String name = file.toAbsolutePath().normalize().getFileName() == null
                ? ""
                : file.toAbsolutePath().normalize().getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            boolean contentOnly = word.endsWith("/") || word.endsWith("/.") || word.equals(".");
            return new FolderSource(file, contentOnly ? new byte[0] : utf8(name), special);
        }
        if (TARS.stream().anyMatch(lower::endsWith)) {
            return new TarSource(() -> Files.newInputStream(file), special);
        }
        if (lower.endsWith(".zip")) {
            return new ZipSource(file);
        }
        if (flat && lower.endsWith(".json")) {
            return new JsonSource(file);
        }
        return flat && lower.endsWith(".csv") ? new CsvSource(file) : new FolderSource(file, utf8(name), special);
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
