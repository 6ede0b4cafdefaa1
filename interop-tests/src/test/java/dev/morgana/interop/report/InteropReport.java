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
import java.util.List;
import java.util.stream.Collectors;

/** What the run has shown of each peer, in Markdown for people and in JSON for programs. */
public final class InteropReport {
    private static final String OURS = System.getProperty("morgana.version", "unknown");
    private static final List<Line> LINES = new ArrayList<>();

    /** How a line ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * One peer in one direction on one geometry.
     *
     * @param peer the other program with its version
     * @param direction who writes and who reads
     * @param geometry the set-up
     * @param rounds how many times it was compared
     * @param outcome how it ended
     * @param reason why it was skipped or failed, else empty
     */
    public record Line(String peer, String direction, String geometry, int rounds, Outcome outcome, String reason) {}

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
        String head = "# Interop report\n\nMorgana " + OURS
                + "\n\n| Peer | Direction | Geometry | Rounds | Outcome | Reason |\n| --- | --- | --- | --- | --- | --- |\n";
        return lines().stream()
                .map(line -> "| " + line.peer + " | " + line.direction + " | " + line.geometry + " | " + line.rounds
                        + " | " + line.outcome.name().toLowerCase(java.util.Locale.ROOT) + " | "
                        + line.reason.replace('\n', ' ').replace("|", "\\|") + " |\n")
                .collect(Collectors.joining("", head, ""));
    }

    private static String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode report = mapper.createObjectNode().put("morgana", OURS);
        ArrayNode lines = report.putArray("lines");
        lines().forEach(line -> lines.addPOJO(line));
        return mapper.writeValueAsString(report) + "\n";
    }
}
