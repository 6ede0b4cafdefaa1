package dev.morgana.interop.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's table of formats. */
final class SupportTable {
    private static final Path README =
            Path.of(System.getProperty("morgana.reactor", "..")).resolve("README.md");
    private static final Pattern HEAD =
            Pattern.compile("\\| format \\| reading \\| writing \\| golden data from \\| live peer \\|");
    private static final Pattern ROW =
            Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*?) ?\\|");

    /**
     * A row.
     *
     * @param peer the live peers with their versions, empty if there is none
     */
    record Entry(String format, boolean reads, boolean writes, String peer) {}

    private SupportTable() {}

    static List<Entry> entries() throws IOException {
        List<String> lines = Files.readAllLines(README);
        List<Entry> entries = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (HEAD.matcher(line).matches()) {
                inside = true;
            } else if (!row.matches()) {
                inside = false;
            } else if (inside && !line.startsWith("| ---")) {
                entries.add(new Entry(row.group(1), yes(row.group(2)), yes(row.group(3)), row.group(5)));
            }
        }
        return entries;
    }

    private static boolean yes(String cell) {
        return cell.startsWith("yes");
    }

    /** The live peers that it names. */
    static List<String> livePeers() throws IOException {
        return entries().stream()
                .map(Entry::peer)
                .flatMap(peer -> Arrays.stream(peer.split(", ")))
                .filter(peer -> !peer.isEmpty())
                .toList();
    }
}
