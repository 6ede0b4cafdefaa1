package dev.morgana.interop.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the run has shown of each peer, in Markdown for people and in JSON for programs. */
public final class InteropReport {
    private static final String OURS = System.getProperty("morgana.version", "unknown");
    private static final List<Line> LINES = new ArrayList<>();

    /** How a line ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        SKIPPED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One peer in one direction on one geometry.
     *
     * @param peer the other program
     * @param version its version, empty if it is not known
     * @param direction who writes and who reads
     * @param geometry the set-up
     * @param rounds how many times it was compared
     * @param outcome how it ended
     * @param reason why it was skipped or failed, else empty
     */
    public record Line(
            String peer,
            String version,
            String direction,
            String geometry,
            int rounds,
            Outcome outcome,
            String reason) {
        /** As a row of a table. */
        String row() {
            return cells(peer, version, direction, geometry, rounds, outcome.word(), reason);
        }
    }

    private InteropReport() {}

    /** Adds a line. */
    public static synchronized void add(Line line) {
        LINES.add(line);
    }

    static synchronized List<Line> lines() {
        return LINES.stream()
                .sorted(Comparator.comparing(Line::peer)
                        .thenComparing(Line::direction)
                        .thenComparing(Line::geometry))
                .toList();
    }

    /** Writes both files into a folder. */
    static void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("interop-report.md"), markdown());
            Files.writeString(folder.resolve("interop-report.json"), json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String markdown() {
        String sums = sums().stream().map(Sum::row).collect(Collectors.joining());
        String all = lines().stream().map(Line::row).collect(Collectors.joining());
        return "# Interop report\n\nMorgana " + OURS + "\n\n## In sum\n\n"
                + head("Peer", "Direction", "Rounds", "Passed", "Failed", "Skipped") + sums
                + "\n## Each geometry\n\n"
                + head("Peer", "Version", "Direction", "Geometry", "Rounds", "Outcome", "Reason") + all;
    }

    private static String head(Object... names) {
        return cells(names) + "|" + " --- |".repeat(names.length) + "\n";
    }

    private static String cells(Object... cells) {
        return Stream.of(cells)
                .map(cell -> cell.toString().replace('\n', ' ').replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** What a peer's lines of one direction come to. */
    private record Sum(String peer, String direction, int rounds, long passed, long failed, long skipped) {
        String row() {
            return cells(peer, direction, rounds, passed, failed, skipped);
        }
    }

    private static List<Sum> sums() {
        return lines().stream()
                .collect(Collectors.groupingBy(
                        line -> List.of(line.peer, line.direction), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(lines -> new Sum(
                        lines.get(0).peer,
                        lines.get(0).direction,
                        lines.stream().mapToInt(Line::rounds).sum(),
                        count(lines, Outcome.PASSED),
                        count(lines, Outcome.FAILED),
                        count(lines, Outcome.SKIPPED)))
                .toList();
    }

    private static long count(List<Line> lines, Outcome outcome) {
        return lines.stream().filter(line -> line.outcome == outcome).count();
    }

    private static String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode report = mapper.createObjectNode().put("morgana", OURS);
        ArrayNode lines = report.putArray("lines");
        lines().forEach(lines::addPOJO);
        ArrayNode sums = report.putArray("sums");
        sums().forEach(sums::addPOJO);
        return mapper.writeValueAsString(report) + "\n";
    }
}
