package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The README's commands, run in their order by a shell: they print what the README shows; {@code …} stands for anything. */
@Execution(ExecutionMode.CONCURRENT)
class ReadmeTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));
    private static final String PROMPT = "$ ";

    @TempDir
    private Path folder;

    private record Shown(String command, List<String> output) {}

    @BeforeEach
    void copyWhatTheCommandsUse() throws IOException {
        Files.copy(REACTOR.resolve("README.md"), folder.resolve("README.md"));
        try (Stream<Path> docs = Files.walk(REACTOR.resolve("docs"))) {
            for (Path doc : docs.toList()) {
                Files.copy(doc, folder.resolve(REACTOR.relativize(doc).toString()));
            }
        }
        Path command = Files.writeString(
                folder.resolve("morgana"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -Dsun.jnu.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp '"
                        + System.getProperty("java.class.path") + "' dev.morgana.cli.Main \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    private static List<Shown> shown() throws IOException {
        List<Shown> shown = new ArrayList<>();
        boolean console = false;
        for (String line : Files.readAllLines(REACTOR.resolve("README.md"))) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith(PROMPT)) {
                shown.add(new Shown(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (console) {
                shown.get(shown.size() - 1).output().add(line);
            }
        }
        return shown;
    }

    @Test
    void theTourPrintsWhatItShows() throws Exception {
        List<Shown> shown = shown();
        assertThat(shown).hasSizeGreaterThanOrEqualTo(11);
        for (Shown one : shown) {
            Process process = new ProcessBuilder("sh", "-c", one.command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed;
            try (var output = process.inputReader(java.nio.charset.StandardCharsets.UTF_8)) {
                printed = output.lines().collect(Collectors.joining("\n"));
            }
            process.waitFor();
            assertThat(printed).as(one.command()).matches(Pattern.compile(pattern(one.output())));
        }
    }

    /** A line of dots alone stands for any number of lines, dots within a line for the rest of a word or more. */
    private static String pattern(List<String> lines) {
        return lines.stream()
                .map(line -> line.equals("…")
                        ? "(?s:.*)"
                        : Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .collect(Collectors.joining("\n"));
    }
}
